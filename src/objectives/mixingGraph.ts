import type { ResolvedMixing } from '../data/mixing';
import type { Node } from '../graph/graph';
import {
  add,
  exp,
  expandDims,
  less,
  log,
  logicalAnd,
  mul,
  reduceMax,
  select,
  square,
  sub,
  sum,
  cast,
  reduceMin,
  squeeze,
} from '../graph/ops';

const logTwoPi = Math.log(2 * Math.PI);

function gaussian(x: Node, mean: readonly number[], std: readonly number[]): Node {
  const { graph } = x;
  const dim = mean.length;
  const z = mul(
    sub(x, graph.constant(mean, [dim])),
    graph.constant(
      std.map((s) => 1 / s),
      [dim],
    ),
  );
  const constant = std.reduce((total, s) => total - Math.log(s), (-dim / 2) * logTwoPi);
  return add(mul(sum(square(z), 1), -0.5), constant);
}

/** Far below every log density that counts, and still a finite float32. */
const outside = -1e9;

function uniformBox(x: Node, low: readonly number[], high: readonly number[]): Node {
  const { graph } = x;
  const inside = logicalAnd(less(graph.constant(low, [low.length]), x), less(x, graph.constant(high, [high.length])));
  const all = less(0.5, squeeze(reduceMin(cast(inside, 'float32'), 1, true), [1]));
  return select(all, -low.reduce((total, l, i) => total + Math.log(high[i]! - l), 0), outside);
}

function mixture(x: Node, means: readonly (readonly number[])[], std: readonly number[], weights: readonly number[]): Node {
  const { graph } = x;
  const dim = x.shape[1] ?? 1;
  const k = means.length;
  const offset = sub(expandDims(x, 1), graph.constant(means.flat(), [k, dim]));
  const scale = means.map((_, i) => std[i] ?? std[0]!);
  const squared = mul(
    sum(square(offset), 2),
    graph.constant(
      scale.map((s) => -0.5 / (s * s)),
      [k],
    ),
  );
  const logWeights = scale.map((s, i) => Math.log(weights[i]!) - dim * Math.log(s) - (dim / 2) * logTwoPi);
  const terms = add(squared, graph.constant(logWeights, [k]));
  const largest = reduceMax(terms, 1, true);
  return add(squeeze(largest, [1]), log(sum(exp(sub(terms, largest)), 1)));
}

/** log m of every row of x [n, dim], normalised: [n]. */
export function mixingLogDensity(x: Node, mixing: ResolvedMixing): Node {
  switch (mixing.kind) {
    case 'gaussian':
      return gaussian(x, mixing.mean, mixing.std);
    case 'uniformBox':
      return uniformBox(x, mixing.low, mixing.high);
    case 'mixture':
      return mixture(x, mixing.means, mixing.std, mixing.weights);
  }
}
