/** Inputs, constants, and the element-wise primitives that fit neither factory: select, cast, activation. */

import { broadcastShapes, GraphError } from '../graph';
import { activation, broadcastTo, cast, mul, select, sumTo } from '../ops';
import type { PrimitiveRecord } from '../primitive';
import { alignElementwise, broadcastValue } from './elementwise';

function notComputed(name: string): () => never {
  return () => {
    throw new GraphError(`${name} is not computed but given`);
  };
}

export const input: PrimitiveRecord<'input'> = {
  name: 'input',
  infer: notComputed('an input'),
  jvp: () => undefined,
  vjp: () => [],
  batch: (node) => node,
  reference: notComputed('an input'),
  onnx: notComputed('an input'),
  tfjs: notComputed('an input'),
};

export const constant: PrimitiveRecord<'constant'> = {
  name: 'constant',
  infer: notComputed('a constant'),
  jvp: () => undefined,
  vjp: () => [],
  batch: (node) => node,
  reference: (_, attrs) => attrs.data,
  onnx: notComputed('a constant'),
  tfjs: notComputed('a constant'),
};

export const selectPrimitive: PrimitiveRecord<'select'> = {
  name: 'select',
  infer([condition, a, b]) {
    if (condition!.dtype !== 'bool') throw new GraphError(`select: the condition must be bool, not ${condition!.dtype}`);
    return { shape: broadcastShapes(condition!.shape, broadcastShapes(a!.shape, b!.shape)), dtype: a!.dtype };
  },
  jvp: (node, [, ta, tb]) => {
    const [condition] = node.inputs;
    return ta || tb ? broadcastTo(select(condition!, ta ?? 0, tb ?? 0), node.shape) : undefined;
  },
  vjp: (node, ct) => {
    const [condition, a, b] = node.inputs;
    return [undefined, sumTo(select(condition!, ct, 0), a!.shape), sumTo(select(condition!, 0, ct), b!.shape)];
  },
  batch: (node, inputs, mapped) => node.graph.emit('select', alignElementwise(inputs, mapped), {}),
  reference([condition, a, b], _attrs, shape) {
    const x = broadcastValue(a!, shape);
    const y = broadcastValue(b!, shape);
    return broadcastValue(condition!, shape).map((c, i) => (c !== 0 ? x[i]! : y[i]!));
  },
  onnx: (_, inputs, emitter) => emitter.node('Where', inputs),
  // tfjs broadcasts a condition only where the other two already have the result's shape.
  tfjs: (tf, node, [condition, a, b]) =>
    tf.where(tf.broadcastTo(condition!, [...node.shape]), tf.broadcastTo(a!, [...node.shape]), tf.broadcastTo(b!, [...node.shape])),
};

const onnxTypes = { float32: 1, int32: 6, bool: 9 } as const;

export const castPrimitive: PrimitiveRecord<'cast'> = {
  name: 'cast',
  infer: ([x], { dtype }) => ({ shape: x!.shape, dtype }),
  jvp: (node, [t]) => (node.dtype === 'float32' && node.inputs[0]!.dtype === 'float32' ? t : undefined),
  vjp: (node, ct) => [node.dtype === 'float32' && node.inputs[0]!.dtype === 'float32' ? ct : undefined],
  batch: (node, [x]) => cast(x!, node.attrs.dtype),
  reference: ([x], { dtype }) =>
    dtype === 'bool' ? x!.data.map((v) => (v !== 0 ? 1 : 0)) : dtype === 'int32' ? x!.data.map(Math.trunc) : x!.data,
  onnx: (node, [x], emitter) => emitter.node('Cast', [x!], { to: onnxTypes[node.attrs.dtype] }),
  tfjs(tf, node, [x]) {
    const from = node.inputs[0]!.dtype;
    const { dtype } = node.attrs;
    // The wasm back end would cut fractions off first.
    if (dtype === 'bool' && from !== 'bool') return tf.notEqual(x!, 0);
    const y = tf.cast(x!, dtype);
    // The WebGPU back end keeps the integers in memory under a new name; its transposition does not compile for them.
    return dtype === 'float32' && from !== 'float32' && tf.getBackend() === 'webgpu' ? tf.mul(y, 1) : y;
  },
};

function lowered(): never {
  throw new GraphError('activation must be lowered before it is executed');
}

/** Derivatives of every order stay one node until lowering, so that passes over memory are counted by order, not by rule. */
export const activationPrimitive: PrimitiveRecord<'activation'> = {
  name: 'activation',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  jvp: (node, [t]) => t && mul(t, activation(node.attrs.fn, node.inputs[0]!, node.attrs.order + 1, node.attrs.alpha)),
  vjp: (node, ct) => [mul(ct, activation(node.attrs.fn, node.inputs[0]!, node.attrs.order + 1, node.attrs.alpha))],
  batch: (node, [x]) => x!.graph.emit('activation', [x!], node.attrs),
  reference: lowered,
  onnx: lowered,
  tfjs: lowered,
};
