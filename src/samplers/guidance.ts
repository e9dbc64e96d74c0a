/** Guidance: a density steered by a likelihood, without training anything (Dhariwal and Nichol 2021). */

import type { Target } from '../data/target';
import { gradient } from '../graph/differentiate';
import type { Node } from '../graph/graph';
import { add, mul, sum } from '../graph/ops';
import type { NoisyTarget } from './noisyTarget';

/** log p(y | x) up to a constant, [n], at the rows of x, [n, dim], for the y that is given. */
export type LogLikelihood = (x: Node) => Node;

/** p(x) p(y | x)^w: its score is s(x) + w grad_x log p(y | x). */
export function guided(target: Target, logLikelihood: LogLikelihood, weight: number): Target {
  return { dim: target.dim, logDensity: (x) => add(target.logDensity(x), mul(weight, logLikelihood(x))) };
}

/** s(x, sigma) + w grad_x log p(y | x), with a likelihood that may depend on the noise. */
export function guidedNoisy(noisy: NoisyTarget, logLikelihood: (x: Node, sigma: Node) => Node, weight: number): NoisyTarget {
  return {
    dim: noisy.dim,
    score: (x, sigma) => {
      const [pull = x] = gradient(sum(logLikelihood(x, sigma)), [x]);
      return add(noisy.score(x, sigma), mul(weight, pull));
    },
  };
}
