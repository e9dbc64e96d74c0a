import type { Target } from '../../../src/data/target';
import type { Node } from '../../../src/graph/graph';
import { add, exp, log, mul, reduceMax, square, squeeze, sub, sum, concat } from '../../../src/graph/ops';

export interface MixtureSpec {
  readonly means: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly std: number;
}

/** The density sum_k w_k N(mean_k, std^2 I) as a graph, but for its constant. */
export function mixtureTarget({ means, weights, std }: MixtureSpec): Target {
  const dim = means[0]!.length;
  const part = (x: Node, k: number): Node => {
    const gap = sub(x, x.graph.constant(means[k]!, [dim]));
    return add(mul(sum(square(gap), 1, true), -0.5 / (std * std)), Math.log(weights[k]!));
  };
  return {
    dim,
    logDensity: (x) => {
      const parts = concat(
        means.map((_, k) => part(x, k)),
        1,
      );
      const top = reduceMax(parts, 1, true);
      return add(log(sum(exp(sub(parts, top)), 1)), squeeze(top, [1]));
    },
  };
}

/** The score of the same density at one point, by the textbook. */
export function mixtureScore({ means, weights, std }: MixtureSpec, x: readonly number[]): number[] {
  const variance = std * std;
  const masses = means.map((mean, k) => weights[k]! * Math.exp(-mean.reduce((t, m, j) => t + (x[j]! - m) ** 2, 0) / (2 * variance)));
  const total = masses.reduce((a, b) => a + b, 0);
  return x.map((v, j) => masses.reduce((t, mass, k) => t + (mass / total) * ((means[k]![j]! - v) / variance), 0));
}

/** N(0, I). */
export function standardNormal(dim: number): Target {
  return mixtureTarget({ means: [new Array<number>(dim).fill(0)], weights: [1], std: 1 });
}
