/** The way of moving mass between modes that the Fisher divergence sees least. */

import type { Cloud } from '../cloud';
import type { Memberships } from '../divergence/logRatio';

const sweeps = 60;
/** Products of memberships below its square add nothing in float64, not even to divergences of 1e-17. */
const negligibleShare = 1e-20;

/** Lower triangle L with L L' = a, for a symmetric positive matrix [n][n]; a little is added where rounding took the last digit. */
function cholesky(a: readonly (readonly number[])[]): number[][] {
  const n = a.length;
  const lower = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let total = a[i]![j]!;
      for (let k = 0; k < j; k++) total -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(Math.max(total, 1e-14 * a[i]![i]! + 1e-300)) : total / lower[j]![j]!;
    }
  }
  return lower;
}

/** x with L x = b. */
function forward(lower: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = [];
  b.forEach((value, i) => x.push((value - x.reduce((t, v, k) => t + lower[i]![k]! * v, 0)) / lower[i]![i]!));
  return x;
}

/** x with L' x = b. */
function backward(lower: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let total = b[i]!;
    for (let k = i + 1; k < n; k++) total -= lower[k]![i]! * x[k]!;
    x[i] = total / lower[i]![i]!;
  }
  return x;
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, section 8.5). */
function symmetricEigen(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_row, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!;
        off += Math.abs(apq);
        if (Math.abs(apq) < 1e-300) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (const m of [a, v]) {
          for (let k = 0; k < n; k++) {
            const [x, y] = [m[k]![p]!, m[k]![q]!];
            [m[k]![p], m[k]![q]] = [c * x - s * y, s * x + c * y];
          }
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[p]![k]!, a[q]![k]!];
          [a[p]![k], a[q]![k]] = [c * x - s * y, s * x + c * y];
        }
      }
    }
    const diagonal = a.reduce((t, row, i) => t + Math.abs(row[i]!), 0);
    if (off <= 1e-16 * diagonal) break;
  }
  return { values: a.map((row, i) => row[i]!), vectors: v };
}

/**
 * The tilt a, [modes], of p_a proportional to p exp(sum a_k r_k) with the least FD(p || p_a) / KL(p || p_a) for small a. To second
 * order FD = a' G a / 2 and KL = a' C a / 2 with G = E[grad r_k . grad r_l] and C the covariance of the memberships, so that it is the
 * first eigenvector of G a = v C a. The eigenvalue bounds the rate at which Langevin dynamics mixes from above.
 */
export function leastVisibleTilt(
  cloud: Cloud,
  { share, gradient, parts: { parts, dim } }: Memberships,
): { tilt: number[]; visibility: number } {
  // The memberships sum to one: the last is left out, and its tilt is 0.
  const n = parts - 1;
  const matrix = (): number[][] => Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const [covariance, gram] = [matrix(), matrix()];
  const means = new Array<number>(n).fill(0);
  for (let i = 0; i < cloud.mass.length; i++) {
    const mass = cloud.mass[i]!;
    if (!(mass > 0)) continue;
    const active: number[] = [];
    for (let k = 0; k < n; k++) if (share[i * parts + k]! > negligibleShare) active.push(k);
    for (const k of active) {
      means[k]! += mass * share[i * parts + k]!;
      for (const l of active) {
        covariance[k]![l]! += mass * share[i * parts + k]! * share[i * parts + l]!;
        let slopes = 0;
        for (let c = 0; c < dim; c++) slopes += gradient[(i * parts + k) * dim + c]! * gradient[(i * parts + l) * dim + c]!;
        gram[k]![l]! += mass * slopes;
      }
    }
  }
  covariance.forEach((row, k) => row.forEach((_, l) => (row[l]! -= means[k]! * means[l]!)));
  const lower = cholesky(covariance);
  const half = gram.map((row) => forward(lower, row));
  const whitened = means.map((_, k) =>
    forward(
      lower,
      half.map((row) => row[k]!),
    ),
  );
  const { values, vectors } = symmetricEigen(whitened.map((row, k) => row.map((x, l) => (x + whitened[l]![k]!) / 2)));
  const least = values.reduce((best, value, k) => (value < values[best]! ? k : best), 0);
  const tilt = backward(
    lower,
    vectors.map((row) => row[least]!),
  );
  return { tilt: [...tilt, 0], visibility: values[least]! };
}
