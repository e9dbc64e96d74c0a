/** u = log(q / p) at the points of a cloud of p, with its derivatives: every divergence here is an integral of it, without cancellation. */

import { type Cloud, expectation } from '../cloud';
import { blend } from '../fields/blend';
import type { PartValues } from '../fields/gaussianComponents';

export interface LogRatio {
  readonly dim: number;
  /** log q - log p, both normalised over the cloud, [n]. */
  readonly value: Float64Array;
  /** Difference of the scores, [n, dim]. */
  readonly gradient: Float64Array;
  /** Difference of the Laplacians, [n]. */
  readonly laplacian: Float64Array;
}

/** Without second derivatives, which divergences do not need. */
export type FirstOrderRatio = Omit<LogRatio, 'laplacian'>;

/** Makes q = p exp(value) a density over the cloud. */
function normalised(cloud: Cloud, ratio: LogRatio): LogRatio {
  const largest = ratio.value.reduce((a, v, i) => (cloud.mass[i]! > 0 && v > a ? v : a), -Infinity);
  const logMass = largest + Math.log(expectation(cloud, (i) => Math.exp(ratio.value[i]! - largest)));
  return { ...ratio, value: ratio.value.map((v) => v - logMass) };
}

/** Soft memberships at the points of a cloud, r_k = f_k / sum_j f_j, with their derivatives. */
export interface Memberships {
  readonly parts: PartValues;
  /** r_k, [n, parts]. */
  readonly share: Float64Array;
  /** grad r_k = r_k (g_k - g), [n, parts, dim]. */
  readonly gradient: Float64Array;
  /** Laplacian of r_k, [n, parts]. */
  readonly laplacian: Float64Array;
}

/** Memberships from the parts: with L_k = log f_k, Laplacian r_k = r_k (|g_k - g|^2 + Laplacian L_k - Laplacian L). */
export function membershipsOf(parts: PartValues): Memberships {
  const { dim, parts: count } = parts;
  const whole = blend(parts, new Float64Array(count));
  const n = whole.logDensity.length;
  const gradient = new Float64Array(n * count * dim);
  const laplacian = new Float64Array(n * count);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < count; k++) {
      const at = i * count + k;
      const share = whole.share[at]!;
      let squared = 0;
      for (let c = 0; c < dim; c++) {
        const slope = parts.gradient[at * dim + c]! - whole.score[i * dim + c]!;
        squared += slope * slope;
        gradient[at * dim + c] = share * slope;
      }
      laplacian[at] = share * (squared + parts.laplacian[at]! - whole.laplacian[i]!);
    }
  }
  return { parts, share: whole.share, gradient, laplacian };
}

/** Mass of every mode under the cloud's density, w_k = E_p[r_k]. */
export function modeMasses(cloud: Cloud, { share, parts: { parts } }: Memberships): number[] {
  return Array.from({ length: parts }, (_, k) => expectation(cloud, (i) => share[i * parts + k]!));
}

/**
 * q = p sum_k (alpha_k / w_k) r_k: the modes' weights moved from w to alpha. Exact component reweighting where p is the sum
 * of the parts.
 * @param from w, [parts]
 * @param to alpha, [parts], summing to one; zeros drop a mode
 */
export function reweighted(cloud: Cloud, { parts }: Memberships, from: readonly number[], to: readonly number[]): LogRatio {
  const p = blend(parts, new Float64Array(parts.parts));
  const q = blend(
    parts,
    to.map((alpha, k) => Math.log(alpha / from[k]!)),
  );
  return normalised(cloud, {
    dim: parts.dim,
    value: q.logDensity.map((l, i) => l - p.logDensity[i]!),
    gradient: q.score.map((s, i) => s - p.score[i]!),
    laplacian: q.laplacian.map((l, i) => l - p.laplacian[i]!),
  });
}

/** q = p exp(sum_k a_k r_k), normalised: the tilt that moves mass between modes and little else. */
export function tilted(cloud: Cloud, memberships: Memberships, tilt: readonly number[]): LogRatio {
  const { dim, parts: count } = memberships.parts;
  const n = cloud.mass.length;
  const ratio = { dim, value: new Float64Array(n), gradient: new Float64Array(n * dim), laplacian: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < count; k++) {
      const at = i * count + k;
      ratio.value[i]! += tilt[k]! * memberships.share[at]!;
      ratio.laplacian[i]! += tilt[k]! * memberships.laplacian[at]!;
      for (let c = 0; c < dim; c++) ratio.gradient[i * dim + c]! += tilt[k]! * memberships.gradient[at * dim + c]!;
    }
  }
  return normalised(cloud, ratio);
}
