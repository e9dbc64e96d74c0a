/** A multi-layer perceptron as an energy. */

import { add, matMul, squeeze, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { type ActivationName, activationNames, activations } from './activations';
import * as check from './check';
import type { Init } from './parameters';
import { renaming, suggestion } from './suggest';

/** A dense layer's weights [inputs, outputs] and bias [outputs]. */
export type Layer = Readonly<{ w: Tensor2D; b: Tensor1D }>;

/** Parameters of an `mlp`. */
export type MlpParameters = Readonly<{ layers: readonly Layer[] }>;

/** What `mlp` gives to `defineEnergy`. */
export interface Mlp {
  /** Weights by He's rule for relu-like activations, by Glorot's for the others; biases zero. */
  readonly params: (init: Init) => MlpParameters;
  /** [n, sizes[0]] -> [n]. */
  readonly energy: (x: Tensor2D, params: MlpParameters) => Tensor;
}

const heActivations: readonly ActivationName[] = ['relu', 'leakyRelu', 'elu', 'selu'];

/**
 * A network of dense layers; the activation stands after each layer but the last, which is linear with one output.
 *
 * @param sizes width of each layer, from the dimension of x to 1
 * @param activation name of the activation; swish by default
 * @example
 * export const fourModes = defineEnergy({ dim: 2, ...mlp([2, 128, 128, 1], 'swish'), data: data.gaussianMixture() });
 */
export function mlp(sizes: readonly number[], activation: ActivationName = 'swish'): Mlp {
  const widths = check.numbers('mlp: sizes', sizes).map((size, i) => check.count(`mlp: sizes[${i}]`, size, 1, 65_536));
  check.require(widths.length >= 2, 'mlp: sizes needs at least the dimension of x and the output, such as [2, 128, 1].');
  check.require(
    widths[widths.length - 1] === 1,
    `mlp: the last size must be 1, because an energy is one number a row, not ${widths[widths.length - 1]!}.`,
  );
  check.require(
    activationNames.includes(activation),
    `mlp: there is no activation ${check.show(activation)}${suggestion(activation, activationNames)}`,
    renaming(activation, activationNames),
  );
  const weight = heActivations.includes(activation) ? 'he' : 'glorot';
  return {
    params: (init) => ({
      layers: widths.slice(1).map((outputs, i) => ({ w: init[weight]([widths[i]!, outputs]), b: init.zeros([outputs]) })),
    }),
    energy: (x, { layers }) => {
      let h: Tensor = x;
      layers.forEach(({ w, b }, i) => {
        h = add(matMul(h, w), b);
        if (i < layers.length - 1) h = activations[activation](h);
      });
      return squeeze(h, [1]);
    },
  };
}
