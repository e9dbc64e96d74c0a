/** Lowerings of kernels that change shapes or join and split tensors. */

import { type Node, sameShape, sizeOf } from '../../graph/graph';
import { broadcastTo, concat, expandDims, fromRight, mul, pad, reshape, slice, sliceAxis, squeeze, transpose } from '../../graph/ops';
import { type KernelCall, type Lowerings, numeric } from './lowering';

/** Reshaped, or the node itself where the shape is right. */
export function reshaped(x: Node, shape: readonly number[]): Node {
  return sameShape(x.shape, shape) ? x : reshape(x, [...shape]);
}

/** x[begin : begin + size], all axes given; leading axes that are taken whole are left alone. */
export function sliced(x: Node, begin: readonly number[], size: readonly number[]): Node {
  const first = x.shape.findIndex((d, i) => begin[i] !== 0 || size[i] !== d);
  return first < 0 ? x : slice(x, begin.slice(first), size.slice(first));
}

/** Adds `value` around x, all axes given; leading axes without padding are left alone. */
export function padded(x: Node, before: readonly number[], after: readonly number[], value: number): Node {
  const first = x.shape.findIndex((_, i) => before[i] !== 0 || after[i] !== 0);
  return first < 0 ? x : pad(x, before.slice(first), after.slice(first), value);
}

function reshapeKernel(call: KernelCall): Node {
  const x = call.input('x');
  const shape = call.numbers('shape') ?? [];
  const known = sizeOf(shape.filter((d) => d >= 0));
  return reshaped(
    x,
    shape.map((d) => (d >= 0 ? d : sizeOf(x.shape) / known)),
  );
}

function transposeKernel(call: KernelCall): Node {
  const x = call.input('x');
  const perm = call.numbers('perm') ?? x.shape.map((_, i) => x.shape.length - 1 - i);
  return perm.every((axis, i) => axis === i) ? x : transpose(x, perm);
}

function sliceKernel(call: KernelCall): Node {
  const x = call.input('x');
  const begin = call.numbers('begin') ?? [];
  const size = call.numbers('size') ?? [];
  const from = x.shape.map((_, i) => begin[i] ?? 0);
  const counts = x.shape.map((d, i) => (size[i] === undefined || size[i] < 0 ? d - from[i]! : size[i]));
  return sliced(x, from, counts);
}

/** Empty tensors say nothing about the shape of a concatenation. */
function concatKernel(call: KernelCall): Node {
  const all = call.list().map(numeric);
  const parts = all.filter((x) => sizeOf(x.shape) > 0);
  const [first] = parts.length > 0 ? parts : all;
  if (!first) return call.refuse('tf.concat needs at least one tensor.');
  return parts.length <= 1 ? first : concat(parts, call.number('axis', 0));
}

function packKernel(call: KernelCall): Node {
  const parts = call.list().map(numeric);
  const rank = parts[0]?.shape.length ?? 0;
  const axis = call.number('axis', 0);
  const at = axis < 0 ? axis + rank + 1 : axis;
  const lifted = parts.map((x) => expandDims(x, at));
  return lifted.length === 1 ? lifted[0]! : concat(lifted, at);
}

function unpackKernel(call: KernelCall): Node[] {
  const x = call.input('value');
  const [axis = -1] = fromRight(call.number('axis', 0), x.shape.length);
  return Array.from({ length: x.shape[axis + x.shape.length]! }, (_, i) => squeeze(sliceAxis(x, axis, i, 1), [axis]));
}

function splitKernel(call: KernelCall): Node[] {
  const x = call.input('x');
  const [axis = -1] = fromRight(call.number('axis', 0), x.shape.length);
  const total = x.shape[axis + x.shape.length]!;
  const given = call.attr('numOrSizeSplits');
  const sizes = typeof given === 'number' ? Array<number>(given).fill(total / given) : (call.numbers('numOrSizeSplits') ?? []);
  const known = sizes.filter((s) => s >= 0).reduce((a, b) => a + b, 0);
  let begin = 0;
  return sizes.map((s) => {
    const size = s >= 0 ? s : total - known;
    const part = size === total ? x : sliceAxis(x, axis, begin, size);
    begin += size;
    return part;
  });
}

/** Repeats by a broadcast along a new axis, which leaves the other axes as they are. */
function repeated(x: Node, axis: number, times: number): Node {
  const size = x.shape[axis]!;
  const wide = (d: readonly number[]): number[] => [...x.shape.slice(0, axis), ...d, ...x.shape.slice(axis + 1)];
  if (times === 1) return x;
  if (size === 1) return broadcastTo(x, wide([times]));
  return reshape(broadcastTo(reshape(x, wide([1, size])), wide([times, size])), wide([times * size]));
}

function tileKernel(call: KernelCall): Node {
  const reps = call.numbers('reps') ?? [];
  return reps.reduce((x, times, axis) => repeated(x, axis, times), call.input('x'));
}

function padKernel(call: KernelCall): Node {
  const x = call.input('x');
  const paddings = call.attr('paddings') as readonly (readonly [number, number])[];
  return padded(
    x,
    paddings.map(([before]) => before),
    paddings.map(([, after]) => after),
    call.number('constantValue', 0),
  );
}

function diagKernel(call: KernelCall): Node {
  const x = call.input('x');
  const size = sizeOf(x.shape);
  const eye = x.graph.constant(
    Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0)),
    [size, size],
    x.dtype,
  );
  return reshaped(mul(reshape(x, [size, 1]), eye), [...x.shape, ...x.shape]);
}

/** Kernels that move values. */
export const shapeLowerings: Lowerings = {
  Reshape: reshapeKernel,
  ExpandDims: (call) => expandDims(call.input('input'), call.number('dim', 0)),
  Transpose: transposeKernel,
  Slice: sliceKernel,
  Concat: concatKernel,
  Pack: packKernel,
  Unpack: unpackKernel,
  SplitV: splitKernel,
  Tile: tileKernel,
  PadV2: padKernel,
  Diag: diagKernel,
};
