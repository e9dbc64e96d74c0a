import type { GridAxes } from '../points';
import { DiagnoseError } from '../diagnoseError';

/**
 * The share of rows [n, dim] in each cell of a grid of any dimension (the first coordinate fastest), and behind the cells the share that is in
 * none: rows outside the box or not finite. They are never dropped, so the shares sum to one.
 * @returns [product of cells + 1]
 * @throws DiagnoseError where there are no rows
 */
export function histogram(points: Float64Array, { low, high, cells }: GridAxes): Float64Array {
  const dim = cells.length;
  const n = points.length / dim;
  if (!(Number.isInteger(n) && n > 0))
    throw new DiagnoseError('too-few-points', `A histogram of ${n} points of ${dim} coordinates has no shares.`);
  const outside = cells.reduce((a, b) => a * b, 1);
  const shares = new Float64Array(outside + 1);
  for (let i = 0; i < n; i++) {
    let cell = 0;
    for (let k = dim - 1; k >= 0 && cell !== outside; k--) {
      const place = ((points[i * dim + k]! - low[k]!) / (high[k]! - low[k]!)) * cells[k]!;
      // The upper edge belongs to the last cell. A comparison with NaN is false.
      const inside = place >= 0 && place <= cells[k]!;
      cell = inside ? cell * cells[k]! + Math.min(Math.floor(place), cells[k]! - 1) : outside;
    }
    shares[cell]! += 1 / n;
  }
  return shares;
}

/** Half the sum of |p_i - q_i|: the total variation of two histograms on the same cells, in [0, 1]. */
export function totalVariation(p: Float64Array, q: Float64Array): number {
  if (p.length !== q.length) throw new DiagnoseError('sizes', `Histograms of ${p.length} and ${q.length} cells have no common cells.`);
  return p.reduce((t, v, i) => t + Math.abs(v - q[i]!), 0) / 2;
}
