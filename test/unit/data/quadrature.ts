import type { Distribution } from '../../../src/data/distribution';

/** Cells of equal size that cover a rectangle. */
export interface Grid {
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly cells: number;
}

/** The middle points of all cells, row-major [cells^2, 2], y slowest, and the area of a cell. */
export function middles({ low, high, cells }: Grid): { points: Float64Array; area: number } {
  const points = new Float64Array(2 * cells * cells);
  const stepX = (high[0] - low[0]) / cells;
  const stepY = (high[1] - low[1]) / cells;
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      points[2 * (i * cells + j)] = low[0] + (j + 0.5) * stepX;
      points[2 * (i * cells + j) + 1] = low[1] + (i + 0.5) * stepY;
    }
  }
  return { points, area: stepX * stepY };
}

/** The probability of each cell by the midpoint rule, which converges faster than any power for smooth densities that vanish at the rim. */
export function cellMasses(distribution: Distribution, grid: Grid): Float64Array {
  const { points, area } = middles(grid);
  return distribution.logDensity(points).map((value) => Math.exp(value) * area);
}

/** Adds up a [cells, cells] array in blocks of `factor` by `factor`. */
export function coarsen(masses: Float64Array, cells: number, factor: number): Float64Array {
  const coarse = cells / factor;
  const out = new Float64Array(coarse * coarse);
  for (const [index, mass] of masses.entries()) {
    const block = Math.floor(Math.floor(index / cells) / factor) * coarse + Math.floor((index % cells) / factor);
    out[block] = (out[block] ?? 0) + mass;
  }
  return out;
}
