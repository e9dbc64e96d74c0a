import type { Target } from '../data/target';
import type { Node } from '../graph/graph';
import { add, concat, fill, log, matMul, mul, reciprocal, square, squeeze, sum } from '../graph/ops';
import { logSumExp, type NoisyTarget, scoreOf } from './noisyTarget';

/** A mixture of isotropic Gaussians, sum_k w_k N(mean_k, std_k^2 I). */
export interface GaussianMixture {
  readonly means: readonly (readonly number[])[];
  /** One for all, or one for each. */
  readonly std: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Normalised log density, [n], of the mixture with noise sigma (a scalar node): component k then has variance
 * std_k^2 + sigma^2. One matrix product gives the exponents of all rows and components, so that a step of many particles
 * streams few arrays of [n, components] through memory.
 */
function mixtureLogDensity({ means, std, weights }: GaussianMixture, x: Node, sigma: Node): Node {
  const { graph } = x;
  const [n = 1, dim = 1] = x.shape;
  const k = means.length;
  const own = graph.constant(
    means.map((_, i) => (std[i] ?? std[0] ?? 1) ** 2),
    [1, k],
  );
  const variance = add(own, square(sigma));
  const precision = reciprocal(variance);
  const centres = graph.constant(
    Float64Array.from({ length: dim * k }, (_, i) => means[i % k]?.[Math.floor(i / k)] ?? 0),
    [dim, k],
  );
  const squaredNorms = graph.constant(
    means.map((mean) => mean.reduce((total, value) => total + value * value, 0)),
    [1, k],
  );
  const logWeights = graph.constant(
    weights.map((weight) => Math.log(weight) - (dim / 2) * Math.log(2 * Math.PI)),
    [1, k],
  );
  const offset = add(logWeights, mul(-0.5, add(mul(dim, log(variance)), mul(squaredNorms, precision))));
  const columns = concat([x, sum(square(x), 1, true), fill(x, 1, [n, 1])], 1);
  const table = concat([mul(centres, precision), mul(-0.5, precision), offset], 0);
  return squeeze(logSumExp(matMul(columns, table)), [1]);
}

/** The mixture as a target with a noise-conditional score, both exact. */
export function mixtureTarget(mixture: GaussianMixture): Target & NoisyTarget {
  return {
    dim: mixture.means[0]?.length ?? 1,
    logDensity: (x) => mixtureLogDensity(mixture, x, x.graph.constant(0)),
    score: scoreOf((x, sigma) => mixtureLogDensity(mixture, x, sigma)),
  };
}
