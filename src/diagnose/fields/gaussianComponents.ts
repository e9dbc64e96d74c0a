/**
 * Gaussians with diagonal covariances, sorted into parts: a density f = sum_k f_k whose parts are known with their first and
 * second derivatives in closed form. The parts' shares f_k / f are smooth memberships that sum to one.
 */

const logTwoPi = Math.log(2 * Math.PI);
/** A component this far below the largest of its part, in log density, adds nothing in float64. */
const negligible = 45;

export interface GaussianComponents {
  readonly dim: number;
  /** Row-major [count, dim]. */
  readonly means: Float64Array;
  /** Standard deviation of each component in each coordinate, [count, dim]. */
  readonly std: Float64Array;
  /** log of each component's weight, [count]; they need not sum to one. */
  readonly logWeights: Float64Array;
  /** The part of each component, [count]. */
  readonly partOf: Int32Array;
  readonly parts: number;
}

/** The parts at n rows: log f_k [n, parts], its gradient [n, parts, dim] and its Laplacian [n, parts]. */
export interface PartValues {
  readonly dim: number;
  readonly parts: number;
  readonly log: Float64Array;
  readonly gradient: Float64Array;
  readonly laplacian: Float64Array;
}

/** A mixture with one part a component, as `data.gaussianMixture` gives it. */
export function componentsOf(
  means: readonly (readonly number[])[],
  std: readonly number[],
  weights: readonly number[],
): GaussianComponents {
  const dim = means[0]?.length ?? 0;
  return {
    dim,
    means: Float64Array.from(means.flat()),
    std: Float64Array.from({ length: means.length * dim }, (_, i) => std[Math.floor(i / dim)] ?? std[0] ?? 1),
    logWeights: Float64Array.from(weights, Math.log),
    partOf: Int32Array.from(means, (_, k) => k),
    parts: means.length,
  };
}

/** The components convolved with N(0, variance I). */
export function noised(components: GaussianComponents, variance: number): GaussianComponents {
  return { ...components, std: components.std.map((s) => Math.sqrt(s * s + variance)) };
}

/** Values of all parts at rows [n, dim]. */
export function partsAt(components: GaussianComponents, rows: Float64Array): PartValues {
  const { dim, means, std, logWeights, partOf, parts } = components;
  const count = logWeights.length;
  const n = rows.length / dim;
  const inverse = std.map((s) => 1 / s);
  const constants = logWeights.map((l, j) => {
    let value = l - (dim / 2) * logTwoPi;
    for (let c = 0; c < dim; c++) value += Math.log(inverse[j * dim + c]!);
    return value;
  });
  const curvature = Float64Array.from({ length: count }, (_, j) => {
    let total = 0;
    for (let c = 0; c < dim; c++) total += inverse[j * dim + c]! ** 2;
    return total;
  });
  const log = new Float64Array(n * parts);
  const gradient = new Float64Array(n * parts * dim);
  const laplacian = new Float64Array(n * parts);
  const terms = new Float64Array(count);
  const slope = new Float64Array(dim);
  const largest = new Float64Array(parts);
  const total = new Float64Array(parts);
  for (let i = 0; i < n; i++) {
    largest.fill(-Infinity);
    total.fill(0);
    for (let j = 0; j < count; j++) {
      let squared = 0;
      for (let c = 0; c < dim; c++) squared += ((rows[i * dim + c]! - means[j * dim + c]!) * inverse[j * dim + c]!) ** 2;
      terms[j] = constants[j]! - squared / 2;
      const k = partOf[j]!;
      if (terms[j]! > largest[k]!) largest[k] = terms[j]!;
    }
    for (let j = 0; j < count; j++) {
      const k = partOf[j]!;
      const below = terms[j]! - largest[k]!;
      if (!(below > -negligible)) continue;
      const weight = Math.exp(below);
      total[k]! += weight;
      let squared = 0;
      for (let c = 0; c < dim; c++) {
        slope[c] = (means[j * dim + c]! - rows[i * dim + c]!) * inverse[j * dim + c]! ** 2;
        squared += slope[c]! ** 2;
        gradient[(i * parts + k) * dim + c]! += weight * slope[c]!;
      }
      laplacian[i * parts + k]! += weight * (squared - curvature[j]!);
    }
    for (let k = 0; k < parts; k++) {
      const at = i * parts + k;
      log[at] = largest[k]! + Math.log(total[k]!);
      let squared = 0;
      for (let c = 0; c < dim; c++) squared += (gradient[at * dim + c]! /= total[k]!) ** 2;
      laplacian[at] = laplacian[at]! / total[k]! - squared;
    }
  }
  return { dim, parts, log, gradient, laplacian };
}
