/** The panel's page: a frame without content, which the script fills. */

export interface PanelPage {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Where VS Code serves resources from (`webview.cspSource`). */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
  /** Language of the texts, as in `vscode.env.language`. */
  readonly lang: string;
  /** The page's texts in that language, by what they are in English. */
  readonly texts: Readonly<Record<string, string>>;
}

/** HTML of the panel. The toolkit looks for the nonce in a meta element. Nothing is loaded but its own script and style, and no other script can run. */
export function panelHtml({ scriptUri, styleUri, cspSource, nonce, lang, texts }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${escapeAttribute(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta property="csp-nonce" content="${escapeAttribute(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Unblind</title>
<link rel="stylesheet" nonce="${escapeAttribute(nonce)}" href="${escapeAttribute(styleUri)}">
</head>
<body>
<main id="panel" data-texts="${escapeAttribute(JSON.stringify(texts))}"></main>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
