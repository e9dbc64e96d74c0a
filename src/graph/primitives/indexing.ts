/** gather and its transpose. Indices are int32 of rank one and carry no derivative. */

import { GraphError, type Node, sizeOf } from '../graph';
import { gather, scatterAdd } from '../ops';
import type { PrimitiveRecord, ReferenceValue } from '../primitive';
import { stridesOf } from '../strides';

function checkIndices(name: string, indices: Node): void {
  if (indices.dtype !== 'int32' || indices.shape.length !== 1) {
    throw new GraphError(`${name}: indices must be int32 of rank 1, not ${indices.dtype} of shape [${indices.shape.join(', ')}]`);
  }
}

function refuseMappedIndices(mapped: readonly boolean[]): void {
  if (mapped[1]) throw new GraphError('indices cannot carry a tangent');
}

/** Visits (position in the longer tensor, position in the tensor along indices) for each element. */
function forEachPair(
  indices: ReferenceValue,
  axisSize: number,
  inner: number,
  outer: number,
  visit: (full: number, part: number) => void,
): void {
  const count = indices.data.length;
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < count; j++) {
      const index = indices.data[j]!;
      if (index < 0 || index >= axisSize) throw new GraphError(`index ${index} is outside of an axis of size ${axisSize}`);
      for (let i = 0; i < inner; i++) visit((o * axisSize + index) * inner + i, (o * count + j) * inner + i);
    }
  }
}

export const gatherPrimitive: PrimitiveRecord<'gather'> = {
  name: 'gather',
  infer([x, indices], { axis }) {
    checkIndices('gather', indices!);
    const at = axis + x!.shape.length;
    return { shape: x!.shape.map((d, i) => (i === at ? indices!.shape[0]! : d)), dtype: x!.dtype };
  },
  jvp: (node, [t]) => t && gather(t, node.inputs[1]!, node.attrs.axis),
  vjp: (node, ct) => {
    const [x, indices] = node.inputs as readonly [Node, Node];
    return [scatterAdd(ct, indices, node.attrs.axis, x.shape[x.shape.length + node.attrs.axis]!), undefined];
  },
  batch(node, [x, indices], mapped) {
    refuseMappedIndices(mapped);
    return gather(x!, indices!, node.attrs.axis);
  },
  reference([x, indices], { axis }, shape) {
    const at = axis + shape.length;
    const inner = stridesOf(shape)[at]!;
    const out = new Float64Array(sizeOf(shape));
    forEachPair(indices!, x!.shape[at]!, inner, sizeOf(shape.slice(0, at)), (full, part) => {
      out[part] = x!.data[full]!;
    });
    return out;
  },
  onnx: (node, inputs, emitter) => emitter.node('Gather', inputs, { axis: node.attrs.axis }),
  tfjs: (tf, node, [x, indices]) => tf.gather(x!, indices as never, node.attrs.axis + node.shape.length),
};

/** Permutation that swaps an axis with the first one. */
function swapWithFirst(rank: number, at: number): number[] {
  return Array.from({ length: rank }, (_, i) => (i === 0 ? at : i === at ? 0 : i));
}

export const scatterAddPrimitive: PrimitiveRecord<'scatterAdd'> = {
  name: 'scatterAdd',
  infer([updates, indices], { axis, size }) {
    checkIndices('scatterAdd', indices!);
    const at = axis + updates!.shape.length;
    return { shape: updates!.shape.map((d, i) => (i === at ? size : d)), dtype: updates!.dtype };
  },
  jvp: (node, [t]) => t && scatterAdd(t, node.inputs[1]!, node.attrs.axis, node.attrs.size),
  vjp: (node, ct) => [gather(ct, node.inputs[1]!, node.attrs.axis), undefined],
  batch(node, [updates, indices], mapped) {
    refuseMappedIndices(mapped);
    return scatterAdd(updates!, indices!, node.attrs.axis, node.attrs.size);
  },
  reference([updates, indices], { axis, size }, shape) {
    const at = axis + shape.length;
    const out = new Float64Array(sizeOf(shape));
    forEachPair(indices!, size, stridesOf(shape)[at]!, sizeOf(shape.slice(0, at)), (full, part) => {
      out[full]! += updates!.data[part]!;
    });
    return out;
  },
  /** ScatterND adds whole slices along the first axis, so the axis is swapped there and back. */
  onnx(node, [updates, indices], emitter) {
    const rank = node.shape.length;
    const at = node.attrs.axis + rank;
    const perm = swapWithFirst(rank, at);
    const front = at === 0 ? updates! : emitter.node('Transpose', [updates!], { perm });
    const zeros = emitter.node('Expand', [emitter.scalar(0, node.dtype), emitter.ints(perm.map((axis) => node.shape[axis]!))]);
    const columns = emitter.node('Unsqueeze', [emitter.node('Cast', [indices!], { to: 7 }), emitter.ints([1])]);
    const sum = emitter.node('ScatterND', [zeros, columns, front], { reduction: 'add' });
    return at === 0 ? sum : emitter.node('Transpose', [sum], { perm });
  },
  /** As a product with a one-hot matrix: the wasm back end has no segment sum. */
  tfjs(tf, node, [updates, indices]) {
    const rank = node.shape.length;
    const at = node.attrs.axis + rank;
    const perm = swapWithFirst(rank, at);
    const front = tf.transpose(updates!, perm);
    const hot = tf.transpose(tf.cast(tf.oneHot(indices as never, node.attrs.size), 'float32'));
    const flat = tf.matMul(hot, tf.reshape(front, [front.shape[0], -1]));
    return tf.transpose(
      tf.reshape(
        flat,
        perm.map((axis) => node.shape[axis]!),
      ),
      perm,
    );
  },
};
