/** Activations of networks. Each is one node of the traced graph, with derivatives of every order in closed form. */

import { engine, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { ActivationFunction } from '../../graph/graph';
import * as check from './check';

/** The kernel that the tracing back end registers for `activations`. */
export const activationKernel = 'UnblindActivation';

/** Names of the activations. */
export const activationNames = [
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'softplus',
  'swish',
  'gelu',
  'tanh',
  'sigmoid',
  'mish',
] as const satisfies readonly ActivationFunction[];

/** Name of an activation, as `mlp` takes it. */
export type ActivationName = (typeof activationNames)[number];

function apply<T extends Tensor>(fn: ActivationName, x: T, alpha = 0): T {
  const inputs: NamedTensorMap = { x };
  const attrs: NamedAttrMap = { fn, alpha };
  return engine().runKernel<T>(activationKernel, inputs, attrs);
}

/** Slope of leakyRelu below zero where none is given. */
export const defaultLeak = 0.2;

/** The activations, element-wise. A score needs two derivatives of the energy: prefer smooth ones, such as swish or softplus. */
export interface Activations {
  /** max(x, 0). Its second derivative is zero: a network of relu alone has no curvature to fit. */
  relu<T extends Tensor>(x: T): T;
  /** x above zero, `alpha` x below; alpha is 0.2 by default. */
  leakyRelu<T extends Tensor>(x: T, alpha?: number): T;
  /** x above zero, exp(x) - 1 below. */
  elu<T extends Tensor>(x: T): T;
  /** The scaled elu of self-normalising networks. */
  selu<T extends Tensor>(x: T): T;
  /** log(1 + exp(x)). */
  softplus<T extends Tensor>(x: T): T;
  /** x sigmoid(x), also known as SiLU. */
  swish<T extends Tensor>(x: T): T;
  /** x times the standard normal distribution function of x. */
  gelu<T extends Tensor>(x: T): T;
  tanh<T extends Tensor>(x: T): T;
  sigmoid<T extends Tensor>(x: T): T;
  /** x tanh(softplus(x)). */
  mish<T extends Tensor>(x: T): T;
}

/**
 * Activations for networks of your own.
 *
 * @example
 * energy: (x, p) => activations.swish(x.matMul(p.w1).add(p.b1)).matMul(p.w2).squeeze([1])
 */
export const activations: Activations = {
  relu: (x) => apply('relu', x),
  leakyRelu: (x, alpha = defaultLeak) => apply('leakyRelu', x, check.finite('activations.leakyRelu: alpha', alpha)),
  elu: (x) => apply('elu', x),
  selu: (x) => apply('selu', x),
  softplus: (x) => apply('softplus', x),
  swish: (x) => apply('swish', x),
  gelu: (x) => apply('gelu', x),
  tanh: (x) => apply('tanh', x),
  sigmoid: (x) => apply('sigmoid', x),
  mish: (x) => apply('mish', x),
};
