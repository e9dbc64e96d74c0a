import type { Random } from '../shared/random';

/** A density that can be drawn from and evaluated: where importance sampling above two dimensions takes its points. */
export interface Proposal {
  draw(n: number, random: Random): Float64Array;
  /** Log density of rows [n, dim]. */
  logDensity(x: Float64Array): Float64Array;
}

const centreCount = 400;
const neighbours = 12;

/** Squared distances from row i to all rows, ascending. */
function sortedSquaredDistances(rows: Float64Array, dim: number, i: number): Float64Array {
  const n = rows.length / dim;
  const out = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < dim; k++) out[j]! += (rows[j * dim + k]! - rows[i * dim + k]!) ** 2;
  }
  return out.sort();
}

/**
 * Adaptive kernel density of rows [n, dim] (sample-point estimator of Breiman, Meisel and Purcell 1977): Gaussians on up to
 * 400 rows, each as wide as the mean distance to its nearest neighbours, so that tight modes get tight kernels.
 */
export function adaptiveKernels(rows: Float64Array, dim: number): Proposal {
  const total = rows.length / dim;
  const count = Math.min(centreCount, total);
  const centres = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * total) / count);
    centres.set(rows.subarray(row * dim, (row + 1) * dim), i * dim);
  }
  const widths = Float64Array.from({ length: count }, (_, i) => {
    const nearest = sortedSquaredDistances(centres, dim, i).subarray(1, 1 + neighbours);
    const mean = nearest.reduce((a, b) => a + b, 0) / Math.max(nearest.length, 1);
    return Math.sqrt(Math.max(mean / dim, 1e-6));
  });
  return {
    draw(n, random) {
      const out = new Float64Array(n * dim);
      for (let i = 0; i < n; i++) {
        const c = random.integer(count);
        for (let k = 0; k < dim; k++) out[i * dim + k] = centres[c * dim + k]! + widths[c]! * random.normal();
      }
      return out;
    },
    logDensity(x) {
      const n = x.length / dim;
      const out = new Float64Array(n);
      const terms = new Float64Array(count);
      for (let i = 0; i < n; i++) {
        let largest = -Infinity;
        for (let c = 0; c < count; c++) {
          let squared = 0;
          for (let k = 0; k < dim; k++) squared += (x[i * dim + k]! - centres[c * dim + k]!) ** 2;
          const width = widths[c]!;
          terms[c] = -squared / (2 * width * width) - dim * Math.log(width);
          largest = Math.max(largest, terms[c]!);
        }
        let sum = 0;
        for (let c = 0; c < count; c++) sum += Math.exp(terms[c]! - largest);
        out[i] = largest + Math.log(sum / count) - (dim / 2) * Math.log(2 * Math.PI);
      }
      return out;
    },
  };
}
