/** A score field as arrows. */

import type { Extent } from '../src/shared/plot/grid';
import { quantile } from '../src/shared/plot/statistics';
import type { Line } from './surface';

/** Both components on one grid, [rows, columns, 2]. */
export interface ScoreField {
  readonly columns: number;
  readonly rows: number;
  readonly extent: Extent;
  readonly values: ArrayLike<number>;
}

export interface Maps {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** Pixels between the feet of two arrows, at the least. */
const closest = 15;

/**
 * Lines of arrows, in pixels, each centred on its grid point. Lengths follow the square root of the norm, so that the small scores
 * inside a mode show beside the large ones far away, and do not grow beyond the quantile .9.
 */
export function arrowLines(field: ScoreField, { x, y }: Maps): Line[] {
  const { left, right, bottom, top } = field.extent;
  const spacing = Math.min((x(right) - x(left)) / field.columns, (y(bottom) - y(top)) / field.rows);
  const stride = Math.max(1, Math.ceil(closest / Math.max(1e-6, spacing)));
  const norms: number[] = [];
  const feet: number[] = [];
  for (let row = Math.floor(stride / 2); row < field.rows; row += stride) {
    for (let column = Math.floor(stride / 2); column < field.columns; column += stride) {
      const at = 2 * (row * field.columns + column);
      const norm = Math.hypot(field.values[at] ?? Number.NaN, field.values[at + 1] ?? Number.NaN);
      if (!(norm > 0) || !Number.isFinite(norm)) continue;
      norms.push(norm);
      feet.push(at, column, row);
    }
  }
  const limit = quantile(norms, 0.9);
  const longest = Math.min(34, 0.92 * spacing * stride);
  const lines: number[][] = [];
  norms.forEach((norm, index) => {
    const at = feet[3 * index]!;
    const middleX = x(left + ((feet[3 * index + 1]! + 0.5) / field.columns) * (right - left));
    const middleY = y(bottom + ((feet[3 * index + 2]! + 0.5) / field.rows) * (top - bottom));
    const length = longest * Math.max(0.14, Math.sqrt(Math.min(1, norm / limit)));
    // Down is positive in a picture.
    const ux = (field.values[at]! / norm) * length;
    const uy = (-field.values[at + 1]! / norm) * length;
    const [tipX, tipY] = [middleX + ux / 2, middleY + uy / 2];
    const head = Math.min(3.6, length * 0.38) / length;
    lines.push([tipX - ux, tipY - uy, tipX, tipY]);
    lines.push([
      tipX - (ux + uy * 0.6) * head,
      tipY - (uy - ux * 0.6) * head,
      tipX,
      tipY,
      tipX - (ux - uy * 0.6) * head,
      tipY - (uy + ux * 0.6) * head,
    ]);
  });
  return lines;
}
