import type { Content } from './markup';
import { Markup, markup } from './markup';
import { pageStyle } from './pageStyle';

/** A whole page in one file: no scripts, nothing loaded from elsewhere, and a policy that says so to the browser. */
export function page(title: string, body: Content): string {
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body><main>${body}</main></body>
</html>
`;
  return document.text;
}
