/** Boxes and grids in standardised coordinates. */

import type { GridAxes } from '../../diagnose/points';

export interface Box {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

type LowDimension = 1 | 2;

/** Cells an axis, by dimension: for the final figures, for those on the way, for pictures, for arrows, and for errors of the score. */
export const fineCells = { 1: 4096, 2: 300 } as const;
export const coarseCells = { 1: 1024, 2: 160 } as const;
export const pictureCells = { 1: 512, 2: 128 } as const;
export const arrowCells = { 1: 64, 2: 20 } as const;
export const errorCells = { 1: 512, 2: 64 } as const;

/** The smallest box around rows [n, dim]. */
export function boxAround(rows: Float64Array, dim: number): Box {
  const low = Array<number>(dim).fill(Infinity);
  const high = Array<number>(dim).fill(-Infinity);
  rows.forEach((v, i) => {
    low[i % dim] = Math.min(low[i % dim]!, v);
    high[i % dim] = Math.max(high[i % dim]!, v);
  });
  return { low, high };
}

/** The box, wider on each side by a share of its width. */
export function widened({ low, high }: Box, share: number): Box {
  const margin = low.map((l, i) => share * (high[i]! - l));
  return { low: low.map((l, i) => l - margin[i]!), high: high.map((h, i) => h + margin[i]!) };
}

export function union(a: Box, b: Box): Box {
  return { low: a.low.map((l, i) => Math.min(l, b.low[i]!)), high: a.high.map((h, i) => Math.max(h, b.high[i]!)) };
}

/** The grid on a box of one or two dimensions. */
export function gridOn({ low, high }: Box, cells: Readonly<Record<LowDimension, number>>): GridAxes {
  const dim = low.length as LowDimension;
  return { low, high, cells: Array<number>(dim).fill(cells[dim]) };
}
