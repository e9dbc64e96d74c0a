/** Lowerings of kernels that pick elements by index. */

import { slice_util } from '@tensorflow/tfjs-core';
import { is, type Node, sizeOf } from '../../graph/graph';
import { equal, expandDims, fromRight, gather, select } from '../../graph/ops';
import { as, type KernelCall, type Lowerings } from './lowering';
import { reversed } from './reductions';
import { reshaped, sliced } from './shapes';

function picked(x: Node, axis: number, positions: readonly number[]): Node {
  if (positions.length === x.shape[axis] && positions.every((p, i) => p === i)) return x;
  return gather(x, x.graph.constant(Float64Array.from(positions), [positions.length], 'int32'), axis - x.shape.length);
}

function stridedSlice(call: KernelCall): Node {
  const x = call.input('x');
  const list = (name: string): number[] => call.numbers(name) ?? [];
  const mask = (name: string): number => call.number(name, 0);
  const info = slice_util.sliceInfo(
    [...x.shape],
    list('begin'),
    list('end'),
    list('strides'),
    mask('beginMask'),
    mask('endMask'),
    mask('ellipsisMask'),
    mask('newAxisMask'),
    mask('shrinkAxisMask'),
  );
  const counts = x.shape.map((_, i) => Math.max(Math.ceil((info.end[i]! - info.begin[i]!) / info.strides[i]!), 0));
  const contiguous = sliced(
    x,
    x.shape.map((_, i) => (info.strides[i] === 1 ? info.begin[i]! : 0)),
    x.shape.map((d, i) => (info.strides[i] === 1 ? counts[i]! : d)),
  );
  const result = x.shape.reduce((y, _, i) => {
    if (info.strides[i] === 1) return y;
    return picked(
      y,
      i,
      Array.from({ length: counts[i]! }, (_x, k) => info.begin[i]! + k * info.strides[i]!),
    );
  }, contiguous);
  return reshaped(result, info.finalShape);
}

function checkConstantIndices(call: KernelCall, indices: Node, size: number): void {
  if (!is(indices, 'constant')) return;
  const wrong = indices.attrs.data.find((i) => i < 0 || i >= size);
  if (wrong !== undefined) call.refuse(`tf.gather: the index ${wrong} is not from 0 to ${size - 1}.`);
}

function gatherKernel(call: KernelCall): Node {
  const x = call.input('x');
  const indices = as(call.input('indices'), 'int32');
  if (call.number('batchDims', 0) !== 0) call.refuse('tf.gather with batchDims cannot be traced; use tf.oneHot, a product and a sum.');
  const [axis = -1] = fromRight(call.number('axis', 0), x.shape.length);
  const at = axis + x.shape.length;
  checkConstantIndices(call, indices, x.shape[at]!);
  const rows = gather(x, reshaped(indices, [sizeOf(indices.shape)]), axis);
  return reshaped(rows, [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)]);
}

/** Elements or slices at constant positions, as rows of a flattened tensor. */
function gatherNd(call: KernelCall): Node {
  const x = call.input('params');
  const indices = call.input('indices');
  if (!is(indices, 'constant')) return call.refuse('tf.gatherND needs constant indices in an energy; use tf.oneHot, a product and a sum.');
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = x.shape.slice(0, depth);
  const rows = sizeOf(indices.shape) / depth;
  const flat = Float64Array.from({ length: rows }, (_, row) =>
    lead.reduce((position, size, axis) => position * size + indices.attrs.data[row * depth + axis]!, 0),
  );
  const rest = x.shape.slice(depth);
  const table = reshaped(x, [sizeOf(lead), ...rest]);
  return reshaped(gather(table, x.graph.constant(flat, [rows], 'int32'), -table.shape.length), [...indices.shape.slice(0, -1), ...rest]);
}

function oneHot(call: KernelCall): Node {
  const indices = as(call.input('indices'), 'int32');
  const depth = call.number('depth', 1);
  const classes = call.graph.constant(
    Float64Array.from({ length: depth }, (_, i) => i),
    [depth],
    'int32',
  );
  const hit = equal(expandDims(indices, indices.shape.length), classes);
  const dtype = call.attr('dtype') === 'float32' ? 'float32' : 'int32';
  const value = (name: string, fallback: number): Node => call.graph.constant(call.number(name, fallback), [], dtype);
  return select(hit, value('onValue', 1), value('offValue', 0));
}

function mirrorPad(call: KernelCall): Node {
  const paddings = call.attr('paddings') as readonly (readonly [number, number])[];
  const skip = call.attr('mode') === 'reflect' ? 1 : 0;
  return paddings.reduce((x, [before, after], axis) => {
    if (before === 0 && after === 0) return x;
    const size = x.shape[axis]!;
    const left = Array.from({ length: before }, (_, i) => before - 1 - i + skip);
    const right = Array.from({ length: after }, (_, i) => size - 1 - skip - i);
    return picked(x, axis, [...left, ...Array(size).keys(), ...right]);
  }, call.input('x'));
}

/** Kernels that pick elements. */
export const indexingLowerings: Lowerings = {
  StridedSlice: stridedSlice,
  GatherV2: gatherKernel,
  GatherNd: gatherNd,
  OneHot: oneHot,
  MirrorPad: mirrorPad,
  Reverse: (call) => {
    const x = call.input('x');
    return (call.numbers('dims') ?? []).reduce((y, axis) => reversed(y, fromRight(axis, x.shape.length)[0] ?? -1), x);
  },
};
