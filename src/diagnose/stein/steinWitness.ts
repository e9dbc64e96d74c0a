import type { ScoredRows } from './steinSums';

/** Places with less than this share of the largest squared feature are left out. Own choice. */
const leastShare = 0.25;

/**
 * Squared norm of the mean Stein feature at a place v, up to a constant: |mean of s(x) k(x, v) + grad_x k(x, v)|^2 over the rows
 * x with k(x, v) = exp(-|x - v|^2 / (2 l^2)). By parts the mean is that of (s_p - s_q) k(x, v) where the rows are of q: where it is
 * large, there are samples and the two scores differ (Jitkrittum et al. 2017, section 3).
 */
export function squaredWitness({ dim, points, scores }: ScoredRows, bandwidth: number, at: ArrayLike<number>): number {
  const n = points.length / dim;
  const precision = 1 / bandwidth ** 2;
  const mean = new Float64Array(dim);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = 0; c < dim; c++) squared += (points[i * dim + c]! - at[c]!) ** 2;
    const kernel = Math.exp(-0.5 * precision * squared) / n;
    for (let c = 0; c < dim; c++) mean[c]! += kernel * (scores[i * dim + c]! - precision * (points[i * dim + c]! - at[c]!));
  }
  return mean.reduce((total, value) => total + value * value, 0);
}

/**
 * The candidates with the largest mean features, no two of them closer than the bandwidth, below which the features see no
 * difference; the largest first.
 * @param candidates places, [dim] each
 */
export function largestWitness(
  rows: ScoredRows,
  bandwidth: number,
  candidates: readonly (readonly number[])[],
  most: number,
): (readonly number[])[] {
  const ranked = candidates
    .map((at) => ({ at, size: squaredWitness(rows, bandwidth, at) }))
    .sort((a, b) => b.size - a.size)
    .filter(({ size }, _, [first]) => size >= leastShare * (first?.size ?? 0));
  const chosen: (readonly number[])[] = [];
  for (const { at } of ranked) {
    if (chosen.length === most) break;
    if (chosen.every((other) => Math.hypot(...other.map((value, c) => value - at[c]!)) >= bandwidth)) chosen.push(at);
  }
  return chosen;
}
