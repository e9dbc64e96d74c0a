/** Reductions. They keep the reduced axes with size one, so that results broadcast against their inputs. */

import { type Node, type Shape, sizeOf } from '../graph';
import { broadcastTo, cast, cumsum, div, equal, mul, sum } from '../ops';
import type { OnnxEmitter, PrimitiveRecord, Tensor, Tfjs } from '../primitive';
import { forEachIndex, stridesOf } from '../strides';

type Reduction = 'sum' | 'reduceMax' | 'reduceMin';

function keptShape(shape: Shape, axes: readonly number[]): Shape {
  const gone = new Set(axes.map((axis) => axis + shape.length));
  return shape.map((d, i) => (gone.has(i) ? 1 : d));
}

/** Strides of the kept shape, 0 along reduced axes. */
function keptStrides(shape: Shape, kept: Shape): number[] {
  const strides = stridesOf(kept);
  return shape.map((d, i) => (kept[i] === 1 && d !== 1 ? 0 : strides[i]!));
}

interface ReductionRule {
  readonly initial: number;
  readonly f64: (a: number, b: number) => number;
  readonly onnx: string;
  readonly tfjs: (tf: Tfjs, x: Tensor, axes: number[]) => Tensor;
}

function common<P extends Reduction>(name: P, rule: ReductionRule): Omit<PrimitiveRecord<P>, 'jvp' | 'vjp'> {
  return {
    name,
    infer: ([x], { axes }) => ({ shape: keptShape(x!.shape, axes), dtype: x!.dtype }),
    batch: (node, [x]) => x!.graph.emit<Reduction>(node.op, [x!], node.attrs),
    reference([x], _attrs, shape) {
      const out = new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(rule.initial);
      forEachIndex(x!.shape, keptStrides(x!.shape, shape), (i, offset) => {
        out[offset] = rule.f64(out[offset]!, x!.data[i]!);
      });
      return out;
    },
    onnx: (node, [x], emitter) => emitter.node(rule.onnx, [x!, emitter.ints(node.attrs.axes)], { keepdims: 1 }),
    tfjs: (tf, node, [x]) => {
      const rank = node.shape.length;
      return tf.reshape(
        rule.tfjs(
          tf,
          x!,
          node.attrs.axes.map((axis) => axis + rank),
        ),
        [...node.shape],
      );
    },
  };
}

/** Sums of more terms than this are left to ReduceSum, which is then the faster. */
const longestProduct = 512;

function sumByReduction(node: Node<'sum'>, x: string, emitter: OnnxEmitter): string {
  return emitter.node('ReduceSum', [x, emitter.ints(node.attrs.axes)], { keepdims: 1 });
}

/**
 * A sum over one axis that others follow, as a product with a row of ones: ONNX Runtime reduces such axes by scalar code
 * and multiplies matrices several times faster.
 */
function sumByProduct(node: Node<'sum'>, x: string, emitter: OnnxEmitter): string | undefined {
  const [axis, ...others] = node.attrs.axes;
  const { shape, dtype } = node.inputs[0]!;
  if (axis === undefined || others.length > 0 || axis === -1 || dtype !== 'float32') return undefined;
  const at = axis + shape.length;
  const length = shape[at]!;
  if (length > longestProduct) return undefined;
  const [outer, inner] = [shape.slice(0, at), shape.slice(at + 1)];
  const total = emitter.node('MatMul', [
    emitter.ones([1, length]),
    emitter.node('Reshape', [x, emitter.ints([...outer, length, sizeOf(inner)])]),
  ]);
  return emitter.node('Reshape', [total, emitter.ints(node.shape)]);
}

export const sumPrimitive: PrimitiveRecord<'sum'> = {
  ...common('sum', { initial: 0, f64: (a, b) => a + b, onnx: 'ReduceSum', tfjs: (tf, x, axes) => tf.sum(x, axes) }),
  onnx: (node, inputs, emitter) => sumByProduct(node, inputs[0]!, emitter) ?? sumByReduction(node, inputs[0]!, emitter),
  jvp: (node, [t]) => t && sum(t, node.attrs.axes, true),
  vjp: (node, ct) => [broadcastTo(ct, node.inputs[0]!.shape)],
};

/** 1 over the number of winners at the winners, else 0: ties share the gradient evenly. */
function extremeShare(node: Node<'reduceMax' | 'reduceMin'>): Node {
  const [x] = node.inputs;
  const winners = cast(equal(x!, node), 'float32');
  return div(winners, sum(winners, node.attrs.axes, true));
}

function extreme<P extends 'reduceMax' | 'reduceMin'>(name: P, rule: ReductionRule): PrimitiveRecord<P> {
  return {
    ...common(name, rule),
    jvp: (node, [t]) => t && sum(mul(t, extremeShare(node)), node.attrs.axes, true),
    vjp: (node, ct) => [mul(ct, extremeShare(node))],
  };
}

export const reduceMaxPrimitive = extreme('reduceMax', {
  initial: -Infinity,
  f64: Math.max,
  onnx: 'ReduceMax',
  tfjs: (tf, x, axes) => tf.max(x, axes),
});

export const reduceMinPrimitive = extreme('reduceMin', {
  initial: Infinity,
  f64: Math.min,
  onnx: 'ReduceMin',
  tfjs: (tf, x, axes) => tf.min(x, axes),
});

export const argMaxPrimitive: PrimitiveRecord<'argMax'> = {
  name: 'argMax',
  infer: ([x], { axis }) => ({ shape: keptShape(x!.shape, [axis]), dtype: 'int32' }),
  jvp: () => undefined,
  vjp: () => [undefined],
  batch: (node, [x]) => x!.graph.emit('argMax', [x!], node.attrs),
  reference([x], _attrs, shape) {
    const size = shape.reduce((a, b) => a * b, 1);
    const best = new Float64Array(size).fill(-Infinity);
    const out = new Float64Array(size);
    const seen = new Float64Array(size);
    forEachIndex(x!.shape, keptStrides(x!.shape, shape), (i, offset) => {
      if (x!.data[i]! > best[offset]!) {
        best[offset] = x!.data[i]!;
        out[offset] = seen[offset]!;
      }
      seen[offset]!++;
    });
    return out;
  },
  // ONNX counts in int64.
  onnx: (node, [x], emitter) => emitter.node('Cast', [emitter.node('ArgMax', [x!], { axis: node.attrs.axis, keepdims: 1 })], { to: 6 }),
  tfjs: (tf, node, [x]) => tf.reshape(tf.argMax(x!, node.attrs.axis + node.shape.length), [...node.shape]),
};

export const cumsumPrimitive: PrimitiveRecord<'cumsum'> = {
  name: 'cumsum',
  infer: ([x]) => ({ shape: x!.shape, dtype: x!.dtype }),
  jvp: (node, [t]) => t && cumsum(t, node.attrs.axis, node.attrs.exclusive, node.attrs.reverse),
  vjp: (node, ct) => [cumsum(ct, node.attrs.axis, node.attrs.exclusive, !node.attrs.reverse)],
  batch: (node, [x]) => x!.graph.emit('cumsum', [x!], node.attrs),
  reference([x], { axis, exclusive, reverse }) {
    const at = axis + x!.shape.length;
    const length = x!.shape[at]!;
    const stride = stridesOf(x!.shape)[at]!;
    const out = new Float64Array(x!.data.length);
    for (let i = 0; i < out.length; i++) {
      const position = Math.floor(i / stride) % length;
      const first = i - position * stride;
      const [from, to] = reverse ? [position + (exclusive ? 1 : 0), length] : [0, position + (exclusive ? 0 : 1)];
      for (let k = from; k < to; k++) out[i]! += x!.data[first + k * stride]!;
    }
    return out;
  },
  onnx: (node, [x], emitter) =>
    emitter.node('CumSum', [x!, emitter.ints([node.attrs.axis])], {
      exclusive: node.attrs.exclusive ? 1 : 0,
      reverse: node.attrs.reverse ? 1 : 0,
    }),
  tfjs: (tf, node, [x]) => tf.cumsum(x!, node.attrs.axis + node.shape.length, node.attrs.exclusive, node.attrs.reverse),
};
