import type { Target } from '../data/target';
import type { Node } from '../graph/graph';
import {
  add,
  concat,
  div,
  exp,
  fill,
  log,
  matMul,
  maximum,
  mul,
  reciprocal,
  reduceMax,
  sliceAxis,
  square,
  squeeze,
  sub,
  sum,
  transpose,
} from '../graph/ops';
import type { NoisyTarget } from './noisyTarget';

/** A mixture of isotropic Gaussians, sum_k w_k N(mean_k, std_k^2 I). */
export interface GaussianMixture {
  readonly means: readonly (readonly number[])[];
  /** One for all, or one for each. */
  readonly std: readonly number[];
  readonly weights: readonly number[];
}

/** Exponents below this one count as it: exp gives denormal numbers further down, on which processors are slow. */
const leastExponent = -80;

interface Terms {
  /** Coefficients of x, |x|^2 and 1 in the exponents of the components, [dim + 2, components]. */
  readonly table: Node;
  /** Largest exponent of each row, [n, 1]. */
  readonly largest: Node;
  /** exp(exponent - largest), [n, components]. */
  readonly shares: Node;
}

/**
 * The components' terms at noise sigma, a scalar node: component k then has variance std_k^2 + sigma^2. One matrix product
 * gives the exponents of all rows and components, so that a step of many particles streams few arrays of [n, components]
 * through memory.
 */
function termsOf({ means, std, weights }: GaussianMixture, x: Node, sigma: Node): Terms {
  const { graph } = x;
  const [n = 1, dim = 1] = x.shape;
  const k = means.length;
  const row = (values: readonly number[]): Node => graph.constant(values, [1, k]);
  const variance = add(row(means.map((_, i) => (std[i] ?? std[0] ?? 1) ** 2)), square(sigma));
  const precision = reciprocal(variance);
  const centres = graph.constant(
    Float64Array.from({ length: dim * k }, (_, i) => means[i % k]?.[Math.floor(i / k)] ?? 0),
    [dim, k],
  );
  const squaredNorms = row(means.map((mean) => mean.reduce((total, value) => total + value * value, 0)));
  const logWeights = row(weights.map((weight) => Math.log(weight) - (dim / 2) * Math.log(2 * Math.PI)));
  const offset = add(logWeights, mul(-0.5, add(mul(dim, log(variance)), mul(squaredNorms, precision))));
  const table = concat([mul(centres, precision), mul(-0.5, precision), offset], 0);
  const exponents = matMul(concat([x, sum(square(x), 1, true), fill(x, 1, [n, 1])], 1), table);
  const largest = reduceMax(exponents, 1, true);
  return { table, largest, shares: exp(maximum(sub(exponents, largest), leastExponent)) };
}

/** grad_x log of the sum: the mean over components, by their shares, of (mean_k - x) / variance_k. */
function mixtureScore(mixture: GaussianMixture, x: Node, sigma: Node): Node {
  const { graph } = x;
  const dim = x.shape[1] ?? 1;
  const { table, shares } = termsOf(mixture, x, sigma);
  const ones = graph.constant(
    mixture.means.map(() => 1),
    [1, mixture.means.length],
  );
  const sums = matMul(shares, transpose(concat([sliceAxis(table, 0, 0, dim + 1), ones], 0)));
  const pull = add(sliceAxis(sums, 1, 0, dim), mul(mul(2, x), sliceAxis(sums, 1, dim, 1)));
  return div(pull, sliceAxis(sums, 1, dim + 1, 1));
}

/** The mixture as a target: normalised log density, and the exact score. */
export function mixtureTarget(mixture: GaussianMixture): Target {
  return {
    dim: mixture.means[0]?.length ?? 1,
    logDensity: (x) => {
      const { largest, shares } = termsOf(mixture, x, x.graph.constant(0));
      return squeeze(add(largest, log(sum(shares, 1, true))), [1]);
    },
    score: (x) => mixtureScore(mixture, x, x.graph.constant(0)),
  };
}

/** The mixture at every noise, exactly: noise adds to each component's variance. */
export function noisyMixture(mixture: GaussianMixture): NoisyTarget {
  return { dim: mixture.means[0]?.length ?? 1, score: (x, sigma) => mixtureScore(mixture, x, sigma) };
}
