import type { Random } from '../../shared/random';

/** The lower factor L of a positive semidefinite matrix L L', row-major [n, n]; directions without variance get zero columns. */
export function semidefiniteCholesky(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  const largest = matrix.reduce((a, b) => Math.max(a, b), 0);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let rest = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j) lower[i * n + j] = rest > 1e-12 * largest ? Math.sqrt(rest) : 0;
      else lower[i * n + j] = lower[j * n + j]! > 0 ? rest / lower[j * n + j]! : 0;
    }
  }
  return lower;
}

/**
 * Draws of sum_k w_k (Z_k^2 - 1), w the eigenvalues of a covariance [n, n] and Z standard normal: |g|^2 - trace for
 * g ~ N(0, covariance), which needs no eigenvalues. The null distribution of n FSSD^2 (Jitkrittum et al. 2017, proposition 2).
 */
export function weightedChiSquared(covariance: Float64Array, n: number, draws: number, random: Random): Float64Array {
  const lower = semidefiniteCholesky(covariance, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += covariance[i * n + i]!;
  const z = new Float64Array(n);
  return Float64Array.from({ length: draws }, () => {
    random.fillNormal(z);
    let squared = 0;
    for (let i = 0; i < n; i++) {
      let g = 0;
      for (let k = 0; k <= i; k++) g += lower[i * n + k]! * z[k]!;
      squared += g * g;
    }
    return squared - trace;
  });
}
