/** Lowerings of reductions and scans. */

import type { Node } from '../../graph/graph';
import {
  argMax,
  cumsum,
  fill,
  fromRight,
  gather,
  mean,
  mul,
  pad,
  reduceMax,
  reduceMin,
  reshape,
  sliceAxis,
  sum,
  unary,
} from '../../graph/ops';
import { as, float, type KernelCall, type Lowering, type Lowerings, numeric } from './lowering';

type Reduce = (x: Node, axes: readonly number[] | undefined, keepDims: boolean) => Node;

function reduction(reduce: Reduce): Lowering {
  // Max has another name for its axes than the other kernels.
  return (call) => reduce(call.input('x'), call.numbers('axis') ?? call.numbers('reductionIndices'), call.flag('keepDims'));
}

function keptShape(x: Node, axes: readonly number[], keepDims: boolean): number[] {
  const rank = x.shape.length;
  const gone = new Set(axes);
  return x.shape.flatMap((d, i) => (gone.has(i - rank) ? (keepDims ? [1] : []) : [d]));
}

/** The product along one axis, by halves: differentiable to any order, also where a factor is zero. */
function productAlong(x: Node, axis: number): Node {
  const size = x.shape[x.shape.length + axis]!;
  if (size === 0) return x.graph.emit('sum', [x], { axes: [axis] });
  if (size === 1) return x;
  const half = Math.ceil(size / 2);
  const first = sliceAxis(x, axis, 0, half);
  const rest = sliceAxis(x, axis, half, size - half);
  const filled = half === size - half ? rest : pad(rest, zeros(-axis), [half * 2 - size, ...zeros(-axis - 1)], 1);
  return productAlong(mul(first, filled), axis);
}

function zeros(count: number): number[] {
  return Array<number>(count).fill(0);
}

const product: Reduce = (x, axes, keepDims) => {
  const list = fromRight(axes, x.shape.length);
  const kept = list.reduce(productAlong, numeric(x));
  return keepDims ? kept : reshape(kept, keptShape(x, list, false));
};

/** Elements of x along an axis, last first. */
export function reversed(x: Node, axis: number): Node {
  const size = x.shape[axis < 0 ? axis + x.shape.length : axis]!;
  if (size <= 1) return x;
  const indices = x.graph.constant(
    Float64Array.from({ length: size }, (_, i) => size - 1 - i),
    [size],
    'int32',
  );
  return gather(x, indices, axis);
}

/** Cumulative product by doubling: after step k each element holds the product of up to 2^k elements. */
function cumulativeProduct(x: Node, axis: number, exclusive: boolean): Node {
  const size = x.shape[x.shape.length + axis]!;
  if (exclusive && size === 1) return fill(x, 1);
  const shifted = (y: Node, by: number): Node => pad(sliceAxis(y, axis, 0, size - by), [by, ...zeros(-axis - 1)], zeros(-axis), 1);
  let y = exclusive ? shifted(x, 1) : x;
  for (let by = 1; by < size; by *= 2) y = mul(y, shifted(y, by));
  return y;
}

function scan(run: (x: Node, axis: number, exclusive: boolean, reverse: boolean) => Node): Lowering {
  return (call) => {
    const x = numeric(call.input('x'));
    const [axis = -1] = fromRight(call.number('axis', 0), x.shape.length);
    return run(x, axis, call.flag('exclusive'), call.flag('reverse'));
  };
}

function position(find: (x: Node, axis: number) => Node): Lowering {
  return (call: KernelCall) => find(float(call.input('x')), call.numbers('axis')?.[0] ?? 0);
}

/** Reductions and scans. */
export const reductionLowerings: Lowerings = {
  Sum: reduction((x, axes, keepDims) => sum(numeric(x), axes, keepDims)),
  Mean: reduction((x, axes, keepDims) => mean(float(x), axes, keepDims)),
  Max: reduction((x, axes, keepDims) => reduceMax(numeric(x), axes, keepDims)),
  Min: reduction((x, axes, keepDims) => reduceMin(numeric(x), axes, keepDims)),
  Prod: reduction(product),
  All: reduction((x, axes, keepDims) => as(reduceMin(float(x), axes, keepDims), 'bool')),
  Any: reduction((x, axes, keepDims) => as(reduceMax(float(x), axes, keepDims), 'bool')),
  ArgMax: position(argMax),
  ArgMin: position((x, axis) => argMax(unary('neg', x), axis)),
  Cumsum: scan(cumsum),
  Cumprod: scan((x, axis, exclusive, reverse) => {
    const forward = reverse ? reversed(x, axis) : x;
    const result = cumulativeProduct(forward, axis, exclusive);
    return reverse ? reversed(result, axis) : result;
  }),
};
