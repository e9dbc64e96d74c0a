/** Lowerings of activations: each is one node with derivatives of every order. */

import { add, elu, erf, leakyRelu, mul, relu, selu, sigmoid, softplus, tanh, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ActivationFunction, Node } from '../../graph/graph';
import { activation, minimum } from '../../graph/ops';
import { activationKernel, activationNames } from '../api/activations';
import { float, type KernelCall, type Lowering, type Lowerings } from './lowering';
import { mish, softmax } from './patterns';

function isActivation(name: string): name is ActivationFunction {
  return (activationNames as readonly string[]).includes(name);
}

function emit(fn: ActivationFunction, x: Node, alpha = 0): Node {
  return fn === 'mish' ? mish(x) : activation(fn, x, 0, alpha);
}

function single(fn: ActivationFunction): Lowering {
  return (call) => emit(fn, float(call.input('x')), fn === 'leakyRelu' ? call.number('alpha', 0.2) : 0);
}

/** tf.fused.matMul and tf.layers name activations by lower-case words. */
const fused: Readonly<Record<string, (x: Node, call: KernelCall) => Node>> = {
  linear: (x) => x,
  relu: (x) => emit('relu', x),
  relu6: (x) => minimum(emit('relu', x), 6),
  elu: (x) => emit('elu', x),
  sigmoid: (x) => emit('sigmoid', x),
  leakyrelu: (x, call) => emit('leakyRelu', x, call.number('leakyreluAlpha', 0.2)),
};

/** The activation that is fused into a product. */
export function fusedActivation(call: KernelCall, x: Node): Node {
  const name = call.attr('activation') ?? 'linear';
  const apply = typeof name === 'string' ? fused[name] : undefined;
  if (!apply) return call.refuse(`The fused activation "${call.text('activation')}" cannot be traced; apply it after the product.`);
  return apply(x, call);
}

function own(call: KernelCall): Node {
  const fn = call.text('fn');
  if (!isActivation(fn)) return call.refuse(`There is no activation "${fn}".`);
  return emit(fn, float(call.input('x')), call.number('alpha', 0));
}

/** Activations, and softmax. */
export const activationLowerings: Lowerings = {
  Sigmoid: single('sigmoid'),
  Tanh: single('tanh'),
  Softplus: single('softplus'),
  Relu: single('relu'),
  LeakyRelu: single('leakyRelu'),
  Elu: single('elu'),
  Selu: single('selu'),
  [activationKernel]: own,
  // tfjs allows the last axis only.
  Softmax: (call) => softmax(float(call.input('logits'))),
};

const concrete: { readonly [F in ActivationFunction]: (x: Tensor, alpha: number) => Tensor } = {
  sigmoid,
  tanh,
  softplus,
  relu,
  elu,
  selu,
  leakyRelu,
  swish: (x) => mul(x, sigmoid(x)),
  gelu: (x) => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1)),
  mish: (x) => mul(x, tanh(softplus(x))),
};

/** The activation kernel on values, for code that runs outside of a trace. */
export function concreteActivation(inputs: Readonly<Record<string, unknown>>, attrs: Readonly<Record<string, unknown>>): TensorInfo {
  const fn = String(attrs['fn']);
  if (!isActivation(fn)) throw new Error(`There is no activation "${fn}".`);
  return concrete[fn](inputs['x'] as Tensor, Number(attrs['alpha']));
}
