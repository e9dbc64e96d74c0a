/** Texts made to fit a width, in pixels. */

import type { Surface } from './surface';

/** The text, or its beginning with an ellipsis where it is too wide. */
export function shortened(surface: Surface, text: string, width: number, size: number): string {
  // Bold letters are a little wider than those that are measured.
  const fits = (shown: string): boolean => surface.widthOf(shown, size) * (size > 11 ? 1.08 : 1) <= width;
  if (fits(text)) return text;
  let end = text.length - 1;
  while (end > 1 && !fits(`${text.slice(0, end)}…`)) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** The text in lines. */
export function wrapped(surface: Surface, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && surface.widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
