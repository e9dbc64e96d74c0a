/** Pictures of a report put together into one file that stands alone, on an opaque ground for light and dark pages. */

import type { LegendEntry } from '../../src/runs/report/legend';
import { Markup, markup } from '../../src/runs/report/markup';
import { lightColours, pictureStyle } from '../../src/runs/report/pictureStyle';

/** A picture with a title above it. */
export interface Piece {
  readonly title: string;
  readonly content: Markup;
}

export interface Sheet {
  /** What the picture shows, in words. */
  readonly label: string;
  /** Pictures a row. */
  readonly columns: number;
  readonly pieces: readonly Piece[];
  readonly legend?: readonly LegendEntry[];
}

const [gap, titleHeight, legendHeight, margin] = [18, 20, 26, 14];
/** Width of a letter of the legend, about. */
const letter = 6.6;

const sheetStyle = `
svg { ${lightColours} font: 11px system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; }
${pictureStyle}
.title { fill: var(--ink); font-size: 12.5px; font-weight: 600; }
.key .line { stroke-width: 2.6; }
`;

/** Width and height of a picture, from its view box. */
function sizeOf({ text }: Markup): { width: number; height: number } {
  const [, width, height] = /^<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new RangeError('a sheet holds pictures with a view box');
  return { width: Number(width), height: Number(height) };
}

/** The picture at a place, in its own size. */
function placed(content: Markup, x: number, y: number): Markup {
  const { width, height } = sizeOf(content);
  return new Markup(content.text.replace('<svg ', `<svg x="${x}" y="${y}" width="${width}" height="${height}" `));
}

function legendOf(entries: readonly LegendEntry[], y: number): Markup {
  let x = margin;
  const keys = entries.map(({ className, label }) => {
    const at = x;
    x += 46 + letter * label.length;
    const mark = className.includes('bars')
      ? markup`<rect class="bar" x="${at}" y="${y - 9}" width="18" height="10"/>`
      : className.includes('points')
        ? markup`<circle class="dot" cx="${at + 9}" cy="${y - 4}" r="4"/>`
        : markup`<path class="line" d="M${at} ${y - 4}h20"/>`;
    return markup`<g class="key ${className}">${mark}<text class="name" x="${at + 26}" y="${y}">${label}</text></g>`;
  });
  return markup`${keys}`;
}

/** The sheet as an SVG file: rows of pictures from the top, all columns as wide as the widest picture. */
export function sheet({ label, columns, pieces, legend = [] }: Sheet): string {
  const sizes = pieces.map(({ content }) => sizeOf(content));
  const across = Math.max(...sizes.map(({ width }) => width));
  const top = margin + (legend.length > 0 ? legendHeight : 0);
  let y = top;
  const drawn: Markup[] = [];
  for (let first = 0; first < pieces.length; first += columns) {
    pieces.slice(first, first + columns).forEach(({ title, content }, i) => {
      const x = margin + i * (across + gap);
      drawn.push(markup`<text class="title" x="${x + 6}" y="${y + 13}">${title}</text>${placed(content, x, y + titleHeight)}`);
    });
    y += titleHeight + Math.max(...sizes.slice(first, first + columns).map(({ height }) => height)) + gap / 2;
  }
  const width = 2 * margin + columns * across + (columns - 1) * gap;
  const height = y + margin / 2;
  const ground = markup`<rect width="${width}" height="${height}" rx="6" fill="#ffffff"/>`;
  const content = [ground, legendOf(legend, margin + 12), drawn];
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><style>${new Markup(sheetStyle)}</style>${content}</svg>`
      .text
  }\n`;
}
