/** A multi-layer perceptron as a score network. */

import { add, concat, div, log, matMul, mul, sqrt, square, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { type ActivationName, activations, activationNames } from './activations';
import * as check from './check';
import type { MlpParameters } from './mlp';
import type { Init } from './parameters';
import { suggestion } from './suggest';

/** What `scoreMlp` gives to `defineScore`. */
export interface ScoreMlp {
  /** Weights by Glorot's rule; biases zero. */
  readonly params: (init: Init) => MlpParameters;
  /** ([n, dim], [n, 1]) -> [n, dim]. */
  readonly score: (x: Tensor2D, sigma: Tensor2D, params: MlpParameters) => Tensor;
}

/**
 * A network of dense layers f, as the score f(x / sqrt(1 + sigma^2), log sigma / 4) / (sigma sqrt(1 + sigma^2)) - x / (1 + sigma^2): the
 * input of f has unit variance, its output is of order one at every noise level, and where it is zero the score is that of a Gaussian
 * with the variance of the data (Karras et al. 2022, table 1, as a score of standardised data).
 *
 * @param sizes width of each layer, from the dimension of x to the dimension of x
 * @param activation stands after each layer but the last; swish by default
 */
export function scoreMlp(sizes: readonly number[], activation: ActivationName = 'swish'): ScoreMlp {
  const widths = check.numbers('scoreMlp: sizes', sizes).map((size, i) => check.count(`scoreMlp: sizes[${i}]`, size, 1, 65_536));
  const dim = widths[0]!;
  check.require(
    widths.length >= 2 && widths[widths.length - 1] === dim,
    'scoreMlp: sizes must begin and end with the dimension of x, such as [2, 128, 2].',
  );
  check.require(
    activationNames.includes(activation),
    `scoreMlp: there is no activation ${check.show(activation)}${suggestion(activation, activationNames)}`,
  );
  return {
    // The noise level is one input more.
    params: (init) => ({
      layers: widths.slice(1).map((outputs, i) => ({
        w: init.glorot([i === 0 ? dim + 1 : widths[i]!, outputs]),
        b: init.zeros([outputs]),
      })),
    }),
    score: (x, sigma, { layers }) => {
      const variance = add(1, square(sigma));
      let h: Tensor = concat([div(x, sqrt(variance)), mul(log(sigma), 0.25)], 1);
      layers.forEach(({ w, b }, i) => {
        h = add(matMul(h, w), b);
        if (i < layers.length - 1) h = activations[activation](h);
      });
      return sub(div(h, mul(sigma, sqrt(variance))), div(x, variance));
    },
  };
}
