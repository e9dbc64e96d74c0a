import { type SteinKernelId, steinKernels } from './kernels';
import type { ScoredRows } from './steinSums';

/** h(x_i, x_j), in float64 on the CPU: for the few hundred rows that choose a setting. */
export function steinKernelAt(kernel: SteinKernelId, bandwidth: number, rows: ScoredRows, i: number, j: number): number {
  const { dim, points, scores } = rows;
  let [squared, crossed, product] = [0, dim, 0];
  for (let k = 0; k < dim; k++) {
    const gap = (points[i * dim + k]! - points[j * dim + k]!) / bandwidth;
    const [s, t] = [scores[i * dim + k]! * bandwidth, scores[j * dim + k]! * bandwidth];
    squared += gap * gap;
    crossed += gap * (s - t);
    product += s * t;
  }
  const { value, slope, curvature } = steinKernels[kernel].profileAt(squared);
  return (value * (product + slope * crossed - curvature)) / (bandwidth * bandwidth);
}

/**
 * The U-statistic of the sum of the Stein kernels of several samples of equal length, over its standard deviation where the model
 * is wrong, 2 sd_i(mean_j h_ij): what the power of the test grows with (Liu, Duncan and Gandy 2023, section 4.3, after Sutherland
 * et al. 2017). O(n^2), at once on the CPU.
 */
export function powerRatio(samples: readonly ScoredRows[], bandwidth: number, kernel: SteinKernelId): number {
  const [first] = samples;
  const n = first ? first.points.length / first.dim : 0;
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const h = samples.reduce((t, rows) => t + steinKernelAt(kernel, bandwidth, rows, i, j), 0) / (n - 1);
      means[i]! += h;
      means[j]! += h;
    }
  }
  const mean = means.reduce((t, v) => t + v / n, 0);
  const variance = means.reduce((t, v) => t + (v - mean) ** 2 / n, 0);
  return mean / Math.sqrt(4 * variance + 1e-12);
}
