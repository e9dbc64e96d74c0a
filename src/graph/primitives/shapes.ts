/** Primitives that move values without changing them. */

import { GraphError, type Node, type Shape, sizeOf } from '../graph';
import { broadcastTo, concat, pad, reshape, slice, sliceAxis, sumTo, transpose } from '../ops';
import { alignMapped, type PrimitiveRecord } from '../primitive';
import { forEachIndex, stridesOf } from '../strides';
import { broadcastValue } from './elementwise';

export const reshapePrimitive: PrimitiveRecord<'reshape'> = {
  name: 'reshape',
  infer([x], { shape }) {
    if (sizeOf(shape) !== sizeOf(x!.shape)) throw new GraphError(`cannot reshape [${x!.shape.join(', ')}] to [${shape.join(', ')}]`);
    return { shape, dtype: x!.dtype };
  },
  jvp: (node, [t]) => t && reshape(t, node.shape),
  vjp: (node, ct) => [reshape(ct, node.inputs[0]!.shape)],
  batch: (node, [x], _mapped, size) => reshape(x!, [size, ...node.shape]),
  reference: ([x]) => x!.data,
  onnx: (node, [x], emitter) => emitter.node('Reshape', [x!, emitter.ints(node.shape)]),
  tfjs: (tf, node, [x]) => tf.reshape(x!, [...node.shape]),
};

/** perm (negative, for the last axes) as a full permutation that counts from the left. */
export function fullPermutation(perm: readonly number[], rank: number): number[] {
  const lead = rank - perm.length;
  return [...Array(lead).keys(), ...perm.map((axis) => axis + rank)];
}

export const transposePrimitive: PrimitiveRecord<'transpose'> = {
  name: 'transpose',
  infer: ([x], { perm }) => ({ shape: fullPermutation(perm, x!.shape.length).map((axis) => x!.shape[axis]!), dtype: x!.dtype }),
  jvp: (node, [t]) => t && transpose(t, fullPermutation(node.attrs.perm, node.shape.length)),
  vjp: (node, ct) => {
    const perm = fullPermutation(node.attrs.perm, node.shape.length);
    return [
      transpose(
        ct,
        perm.map((_, i) => perm.indexOf(i)),
      ),
    ];
  },
  batch: (node, [x]) => x!.graph.emit('transpose', [x!], node.attrs),
  reference([x], { perm }, shape) {
    const strides = stridesOf(x!.shape);
    const out = new Float64Array(x!.data.length);
    forEachIndex(
      shape,
      fullPermutation(perm, shape.length).map((axis) => strides[axis]!),
      (i, offset) => {
        out[i] = x!.data[offset]!;
      },
    );
    return out;
  },
  onnx: (node, [x], emitter) => emitter.node('Transpose', [x!], { perm: fullPermutation(node.attrs.perm, node.shape.length) }),
  tfjs: (tf, node, [x]) => tf.transpose(x!, fullPermutation(node.attrs.perm, node.shape.length)),
};

export const broadcastToPrimitive: PrimitiveRecord<'broadcastTo'> = {
  name: 'broadcastTo',
  infer([x], { shape }) {
    const lead = shape.length - x!.shape.length;
    if (lead < 0 || x!.shape.some((d, i) => d !== 1 && d !== shape[i + lead])) {
      throw new GraphError(`cannot broadcast [${x!.shape.join(', ')}] to [${shape.join(', ')}]`);
    }
    return { shape, dtype: x!.dtype };
  },
  jvp: (node, [t]) => t && broadcastTo(t, node.shape),
  vjp: (node, ct) => [sumTo(ct, node.inputs[0]!.shape)],
  batch: (node, [x], _mapped, size) => broadcastTo(alignMapped(x!, node.shape.length, reshape), [size, ...node.shape]),
  reference: ([x], _attrs, shape) => broadcastValue(x!, shape),
  onnx: (node, [x], emitter) => emitter.node('Expand', [x!, emitter.ints(node.shape)]),
  tfjs: (tf, node, [x]) => tf.broadcastTo(x!, [...node.shape]),
};

function lastAxes(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i - count);
}

export const slicePrimitive: PrimitiveRecord<'slice'> = {
  name: 'slice',
  infer([x], { begin, size }) {
    const lead = x!.shape.length - begin.length;
    if (lead < 0 || begin.some((b, i) => b < 0 || size[i]! < 0 || b + size[i]! > x!.shape[i + lead]!)) {
      throw new GraphError(`slice from [${begin.join(', ')}] of size [${size.join(', ')}] is outside of [${x!.shape.join(', ')}]`);
    }
    return { shape: [...x!.shape.slice(0, lead), ...size], dtype: x!.dtype };
  },
  jvp: (node, [t]) => t && slice(t, node.attrs.begin, node.attrs.size),
  vjp: (node, ct) => {
    const { begin, size } = node.attrs;
    const { shape } = node.inputs[0]!;
    const lead = shape.length - begin.length;
    return [
      pad(
        ct,
        begin,
        begin.map((b, i) => shape[i + lead]! - b - size[i]!),
      ),
    ];
  },
  batch: (node, [x]) => slice(x!, node.attrs.begin, node.attrs.size),
  reference([x], { begin }, shape) {
    const strides = stridesOf(x!.shape);
    const lead = shape.length - begin.length;
    const start = begin.reduce((total, b, i) => total + b * strides[i + lead]!, 0);
    const out = new Float64Array(sizeOf(shape));
    forEachIndex(shape, strides, (i, offset) => {
      out[i] = x!.data[start + offset]!;
    });
    return out;
  },
  onnx(node, [x], emitter) {
    const { begin, size } = node.attrs;
    return emitter.node('Slice', [
      x!,
      emitter.ints(begin),
      emitter.ints(begin.map((b, i) => b + size[i]!)),
      emitter.ints(lastAxes(begin.length)),
    ]);
  },
  tfjs(tf, node, [x]) {
    const lead = node.shape.length - node.attrs.begin.length;
    return tf.slice(x!, [...Array<number>(lead).fill(0), ...node.attrs.begin], [...node.shape]);
  },
};

export const padPrimitive: PrimitiveRecord<'pad'> = {
  name: 'pad',
  infer([x], { before, after }) {
    const lead = x!.shape.length - before.length;
    return { shape: x!.shape.map((d, i) => (i < lead ? d : d + before[i - lead]! + after[i - lead]!)), dtype: x!.dtype };
  },
  jvp: (node, [t]) => t && pad(t, node.attrs.before, node.attrs.after),
  vjp: (node, ct) => {
    const lead = node.shape.length - node.attrs.before.length;
    return [slice(ct, node.attrs.before, node.inputs[0]!.shape.slice(lead))];
  },
  batch: (node, [x]) => pad(x!, node.attrs.before, node.attrs.after, node.attrs.value),
  reference([x], { before, value }, shape) {
    const strides = stridesOf(shape);
    const lead = shape.length - before.length;
    const start = before.reduce((total, b, i) => total + b * strides[i + lead]!, 0);
    const out = new Float64Array(sizeOf(shape)).fill(value);
    forEachIndex(x!.shape, strides, (i, offset) => {
      out[start + offset] = x!.data[i]!;
    });
    return out;
  },
  onnx(node, [x], emitter) {
    const lead = Array<number>(node.shape.length - node.attrs.before.length).fill(0);
    const pads = emitter.ints([...lead, ...node.attrs.before, ...lead, ...node.attrs.after]);
    return emitter.node('Pad', [x!, pads, emitter.scalar(node.attrs.value, node.dtype)], { mode: 'constant' });
  },
  tfjs(tf, node, [x]) {
    const lead = node.shape.length - node.attrs.before.length;
    const paddings = node.shape.map((_, i): [number, number] =>
      i < lead ? [0, 0] : [node.attrs.before[i - lead]!, node.attrs.after[i - lead]!],
    );
    return tf.pad(x!, paddings, node.attrs.value);
  },
};

function mappedCopy(x: Node, isMapped: boolean, size: number): Node {
  return isMapped ? x : broadcastTo(x, [size, ...x.shape]);
}

export const concatPrimitive: PrimitiveRecord<'concat'> = {
  name: 'concat',
  infer(inputs, { axis }) {
    const [first] = inputs;
    const at = axis + first!.shape.length;
    const fits = (s: Shape): boolean => s.length === first!.shape.length && s.every((d, i) => i === at || d === first!.shape[i]);
    if (!inputs.every((x) => fits(x.shape))) {
      throw new GraphError(`concat: shapes ${inputs.map((x) => `[${x.shape.join(', ')}]`).join(', ')} differ outside axis ${at}`);
    }
    const total = inputs.reduce((n, x) => n + x.shape[at]!, 0);
    return { shape: first!.shape.map((d, i) => (i === at ? total : d)), dtype: first!.dtype };
  },
  jvp: (node, tangents) =>
    concat(
      node.inputs.map((x, i) => tangents[i] ?? broadcastTo(node.graph.constant(0), x.shape)),
      node.attrs.axis,
    ),
  vjp(node, ct) {
    let begin = 0;
    return node.inputs.map((x) => {
      const size = x.shape[x.shape.length + node.attrs.axis]!;
      const part = sliceAxis(ct, node.attrs.axis, begin, size);
      begin += size;
      return part;
    });
  },
  batch: (node, inputs, mapped, size) =>
    concat(
      inputs.map((x, i) => mappedCopy(x, mapped[i]!, size)),
      node.attrs.axis,
    ),
  reference(inputs, { axis }, shape) {
    const strides = stridesOf(shape);
    const out = new Float64Array(sizeOf(shape));
    let start = 0;
    for (const x of inputs) {
      forEachIndex(x.shape, strides, (i, offset) => {
        out[start + offset] = x.data[i]!;
      });
      start += x.shape[axis + shape.length]! * strides[axis + shape.length]!;
    }
    return out;
  },
  onnx: (node, inputs, emitter) => emitter.node('Concat', inputs, { axis: node.attrs.axis }),
  tfjs: (tf, node, inputs) => tf.concat([...inputs], node.attrs.axis + node.shape.length),
};
