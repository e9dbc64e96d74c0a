/** A score field as arrows, for pages and reports. */

import type { Extent } from './grid';
import { quantile } from './statistics';

/** Both components on one grid. */
export interface ScoreField {
  readonly columns: number;
  readonly rows: number;
  readonly extent: Extent;
  /** [rows, columns, 2]. */
  readonly values: ArrayLike<number>;
}

/** From the user's units to those of the picture, where down is positive. */
export interface Maps {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** In units of the picture. */
export interface ArrowLook {
  /** Every how many cells there is an arrow. */
  readonly stride: number;
  readonly longest: number;
  /** Length of the shortest, as a share of the longest. */
  readonly shortest: number;
  /** Length of a head, at the most. */
  readonly head: number;
}

export type Point = readonly [x: number, y: number];

export interface Arrow {
  readonly tail: Point;
  readonly tip: Point;
  /** Where the two lines of the head begin that end at the tip. */
  readonly barbs: readonly [Point, Point];
}

/**
 * Arrows along the score, each centred on its grid point; none where the score is 0 or not finite. Lengths follow the square root of the
 * norm, so that the small scores inside a mode show beside the large ones far away, and do not grow beyond the quantile .9.
 */
export function scoreArrows(field: ScoreField, { x, y }: Maps, { stride, longest, shortest, head: mostHead }: ArrowLook): Arrow[] {
  const { left, right, bottom, top } = field.extent;
  const found: { readonly middle: Point; readonly direction: Point; readonly norm: number }[] = [];
  for (let row = Math.floor(stride / 2); row < field.rows; row += stride) {
    for (let column = Math.floor(stride / 2); column < field.columns; column += stride) {
      const at = 2 * (row * field.columns + column);
      const [dx, dy] = [field.values[at] ?? Number.NaN, field.values[at + 1] ?? Number.NaN];
      const norm = Math.hypot(dx, dy);
      if (!(norm > 0) || !Number.isFinite(norm)) continue;
      const middle = [
        x(left + ((column + 0.5) / field.columns) * (right - left)),
        y(bottom + ((row + 0.5) / field.rows) * (top - bottom)),
      ] as const;
      found.push({ middle, direction: [dx / norm, -dy / norm], norm });
    }
  }
  const limit = quantile(
    found.map(({ norm }) => norm),
    0.9,
  );
  return found.map(({ middle, direction, norm }) => {
    const length = longest * Math.max(shortest, Math.sqrt(Math.min(1, norm / limit)));
    const [ux, uy] = [direction[0] * length, direction[1] * length];
    const [tipX, tipY] = [middle[0] + ux / 2, middle[1] + uy / 2];
    const head = Math.min(mostHead, length * 0.38) / length;
    const barb = (side: number): Point => [tipX - (ux + side * uy * 0.6) * head, tipY - (uy - side * ux * 0.6) * head];
    return { tail: [tipX - ux, tipY - uy], tip: [tipX, tipY], barbs: [barb(1), barb(-1)] };
  });
}
