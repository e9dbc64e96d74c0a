/** Densities at every noise level: p * N(0, sigma^2 I). */

import type { Target } from '../data/target';
import type { Node } from '../graph/graph';
import { add, div, exp, expandDims, matMul, mul, reduceMax, reshape, square, sub, sum } from '../graph/ops';
import { Random } from '../shared/random';

/** A noise-conditional score: of a mixture exactly, of a score network, or of any density by Monte Carlo. */
export interface NoisyTarget {
  readonly dim: number;
  /** grad_x log (p * N(0, sigma^2 I)) at the rows of x, [n, dim]; sigma is a scalar node, zero or above. */
  readonly score: (x: Node, sigma: Node) => Node;
}

/**
 * The score of any density at any noise by Monte Carlo, from its values alone: by Tweedie's formula it is
 * E[z p(x + sigma z)] / (sigma E[p(x + sigma z)]), here over `points` draws z ~ N(0, I) in antithetic pairs, the same for
 * all particles. Bounded by the longest z over sigma, so that large steps at large noise stay stable. It needs a density
 * that the noise reaches: few dimensions, or noise not far above the width of the modes.
 */
export function noisedByMonteCarlo(target: Target, points: number, seed: number): NoisyTarget {
  const { dim } = target;
  const pairs = Math.ceil(points / 2);
  const half = new Float64Array(pairs * dim);
  new Random(seed).split('noise points').fillNormal(half);
  const draws = Float64Array.from([...half, ...half.map((value) => -value)]);
  const count = 2 * pairs;
  return {
    dim,
    score: (x, sigma) => {
      const rows = x.shape[0] ?? 1;
      const z = x.graph.constant(draws, [count, dim]);
      const moved = reshape(add(expandDims(x, 1), mul(sigma, z)), [rows * count, dim]);
      const terms = reshape(target.logDensity(moved), [rows, count]);
      const weights = exp(sub(terms, reduceMax(terms, 1, true)));
      return div(matMul(weights, z), mul(sigma, sum(weights, 1, true)));
    },
  };
}

/** Tweedie's formula (Robbins 1956; Efron 2011): E[u | x] = x + sigma^2 s_sigma(x) for x = u + sigma z, [n, dim]. */
export function denoised(noisy: NoisyTarget, x: Node, sigma: Node): Node {
  return add(x, mul(square(sigma), noisy.score(x, sigma)));
}
