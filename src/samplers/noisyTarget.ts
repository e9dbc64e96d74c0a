/** Densities at every noise level: p * N(0, sigma^2 I). */

import type { Target } from '../data/target';
import { gradient } from '../graph/differentiate';
import type { Node } from '../graph/graph';
import { add, exp, expandDims, log, mul, reduceMax, reshape, square, sub, sum, unary } from '../graph/ops';
import { Random } from '../shared/random';

/** A noise-conditional score: of a mixture exactly, of a score network, or of any density by Monte Carlo. */
export interface NoisyTarget {
  readonly dim: number;
  /** grad_x log (p * N(0, sigma^2 I)) at the rows of x, [n, dim]; sigma is a scalar node, zero or above. */
  readonly score: (x: Node, sigma: Node) => Node;
}

/**
 * Any density at any noise by Monte Carlo: the convolution with `points` equally weighted draws of N(0, sigma^2 I), the same
 * for all particles, in antithetic pairs. It is a density itself, the mixture of `points` shifted copies of p.
 */
export function noisedByMonteCarlo(target: Target, points: number, seed: number): NoisyTarget {
  const { dim } = target;
  const pairs = Math.ceil(points / 2);
  const half = new Float64Array(pairs * dim);
  new Random(seed).split('noise points').fillNormal(half);
  const offsets = Float64Array.from([...half, ...half.map((value) => -value)]);
  const count = 2 * pairs;
  return {
    dim,
    score: (x, sigma) => {
      const rows = x.shape[0] ?? 1;
      const shifts = mul(sigma, x.graph.constant(offsets, [count, dim]));
      const moved = reshape(add(expandDims(x, 1), shifts), [rows * count, dim]);
      const terms = reshape(target.logDensity(moved), [rows, count]);
      // The gradient of the log of the sum of exponentials; a constant shift changes nothing.
      const shifted = sub(terms, unary('stopGradient', reduceMax(terms, 1, true)));
      return gradient(sum(log(sum(exp(shifted), 1))), [x])[0] ?? x;
    },
  };
}

/** Tweedie's formula (Robbins 1956; Efron 2011): E[u | x] = x + sigma^2 s_sigma(x) for x = u + sigma z, [n, dim]. */
export function denoised(noisy: NoisyTarget, x: Node, sigma: Node): Node {
  return add(x, mul(square(sigma), noisy.score(x, sigma)));
}
