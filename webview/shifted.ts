import type { Box, Surface } from './surface';

/** The same surface with its origin moved right and down. */
export function shifted(surface: Surface, right: number, down: number): Surface {
  if (right === 0 && down === 0) return surface;
  const move = (line: ArrayLike<number>): number[] => Array.from(line, (value, index) => value + (index % 2 === 0 ? right : down));
  const moved = (box: Box): Box => ({ ...box, left: box.left + right, top: box.top + down });
  return {
    fill: (box, colour, opacity) => surface.fill(moved(box), colour, opacity),
    lines: (lines, stroke) => surface.lines(lines.map(move), stroke),
    area: (line, colour, opacity) => surface.area(move(line), colour, opacity),
    dots: (points, size, colour, opacity) => surface.dots(move(points), size, colour, opacity),
    text: (x, y, text, style) => surface.text(x + right, y + down, text, style),
    image: (raster, box) => surface.image(raster, moved(box)),
    clipped: (box, draw) => surface.clipped(moved(box), draw),
    widthOf: surface.widthOf,
  };
}
