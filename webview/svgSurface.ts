import { type Line, type Raster, type Stroke, type Surface, textSize } from './surface';

export interface SvgPicture {
  readonly surface: Surface;
  /** The whole document; call it once all is drawn. */
  readonly finish: () => string;
}

/**
 * Collects an SVG document, `width` by `height`.
 * @param encode a data address of a raster; a browser makes a PNG of it
 */
export function svgPicture(
  width: number,
  height: number,
  background: string,
  font: string,
  encode: (raster: Raster) => string,
): SvgPicture {
  const parts: string[] = [`<rect width="${width}" height="${height}" fill="${escape(background)}"/>`];
  const surface: Surface = {
    fill: (box, colour, opacity = 1) => {
      parts.push(
        `<rect x="${round(box.left)}" y="${round(box.top)}" width="${round(Math.max(0, box.width))}" height="${round(Math.max(0, box.height))}" fill="${escape(colour)}"${opacityOf(opacity)}/>`,
      );
    },
    lines: (lines, stroke) => void parts.push(`<path d="${lines.map(path).join('')}" fill="none"${strokeOf(stroke)}/>`),
    area: (line, colour, opacity) => void parts.push(`<path d="${path(line)}Z" fill="${escape(colour)}"${opacityOf(opacity)}/>`),
    dots: (points, size, colour, opacity) => {
      const moves: string[] = [];
      for (let i = 0; i + 1 < points.length; i += 2) moves.push(`M${round(points[i]!)} ${round(points[i + 1]!)}h0`);
      parts.push(`<path d="${moves.join('')}" fill="none"${strokeOf({ colour, width: size, opacity })}/>`);
    },
    text: (x, y, text, { colour, size = textSize, bold = false, align = 'left', baseline = 'middle' }) => {
      const anchor = { left: 'start', center: 'middle', right: 'end' }[align];
      const down = baseline === 'middle' ? size * 0.36 : 0;
      parts.push(
        `<text x="${round(x)}" y="${round(y + down)}" font-size="${size}"${bold ? ' font-weight="600"' : ''} text-anchor="${anchor}" fill="${escape(colour)}">${escape(text)}</text>`,
      );
    },
    image: (raster, box) => {
      parts.push(
        `<image href="${encode(raster)}" x="${round(box.left)}" y="${round(box.top)}" width="${round(box.width)}" height="${round(box.height)}" preserveAspectRatio="none"/>`,
      );
    },
    clipped: (box, draw) => {
      // A nested picture clips by itself, and so needs no name that would have to be unique where it is pasted.
      const bounds = [box.left, box.top, Math.max(0, box.width), Math.max(0, box.height)].map(round);
      parts.push(
        `<svg x="${bounds[0]!}" y="${bounds[1]!}" width="${bounds[2]!}" height="${bounds[3]!}" viewBox="${bounds.join(' ')}" overflow="hidden">`,
      );
      draw();
      parts.push('</svg>');
    },
    widthOf: (text, size = textSize) => text.length * size * 0.55,
  };
  const finish = (): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="${escape(font)}">\n${parts.join('\n')}\n</svg>\n`;
  return { surface, finish };
}

function path(line: Line): string {
  let text = '';
  for (let i = 0; i + 1 < line.length; i += 2) text += `${i === 0 ? 'M' : 'L'}${round(line[i]!)} ${round(line[i + 1]!)}`;
  return text;
}

function strokeOf({ colour, width, dash, opacity = 1 }: Stroke): string {
  const dashes = dash === undefined || dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return ` stroke="${escape(colour)}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="${dashes === '' ? 'round' : 'butt'}"${dashes}${opacityOf(opacity)}`;
}

function opacityOf(opacity: number): string {
  return opacity === 1 ? '' : ` opacity="${round(opacity)}"`;
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
