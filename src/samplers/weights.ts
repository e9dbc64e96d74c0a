/** Importance weights, by their logarithms. */

import type { Random } from '../shared/random';

/** Weights that sum to one. */
export function normalisedWeights(logWeights: ArrayLike<number>): Float64Array {
  const logs = Float64Array.from(logWeights);
  const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  const weights = logs.map((value) => Math.exp(value - largest));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map((value) => value / total);
}

/** Kish's effective sample size of normalised weights, as a share of their number. */
export function effectiveShare(weights: Float64Array): number {
  return 1 / (weights.length * weights.reduce((sum, value) => sum + value * value, 0));
}

/** log of the mean weight of independent particles, with its standard error (delta method). */
export function logMeanWeight(logWeights: ArrayLike<number>): { readonly value: number; readonly standardError: number } {
  const logs = Float64Array.from(logWeights);
  const n = logs.length;
  const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  const mean = logs.reduce((sum, value) => sum + Math.exp(value - largest), 0) / n;
  const variance = logs.reduce((sum, value) => sum + (Math.exp(value - largest) / mean - 1) ** 2, 0) / Math.max(n - 1, 1);
  return { value: largest + Math.log(mean), standardError: Math.sqrt(variance / n) };
}

/** Systematic resampling (Kitagawa 1996): which particle each of n copies is of, ascending. */
export function systematicResample(weights: Float64Array, n: number, random: Random): Int32Array {
  const offset = random.uniform();
  const chosen = new Int32Array(n);
  let [i, reached] = [0, weights[0] ?? 1];
  for (let k = 0; k < n; k++) {
    while (reached * n < k + offset && i < weights.length - 1) reached += weights[++i] ?? 0;
    chosen[k] = i;
  }
  return chosen;
}

/** Rows of [n, width] at the given indices. */
export function takeRows(values: Float32Array, indices: Int32Array, n: number): Float32Array {
  const width = values.length / n;
  const out = new Float32Array(indices.length * width);
  indices.forEach((from, to) => {
    out.set(values.subarray(from * width, (from + 1) * width), to * width);
  });
  return out;
}
