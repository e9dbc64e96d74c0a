import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy } from 'unblind';

const count = 40;
const std = 1.3;

/** Uniform draws in [0, 1), the same in every run: x -> 16807 x mod (2^31 - 1) of Lewis, Goodman and Miller (1969). */
function uniforms(n: number): number[] {
  let state = 20_240;
  return Array.from({ length: n }, () => (state = (16_807 * state) % 2_147_483_647) / 2_147_483_647);
}

const places = uniforms(2 * count).map((u) => 80 * u - 40);
const means = Array.from({ length: count }, (_, k) => [places[2 * k]!, places[2 * k + 1]!]);
const weights = uniforms(3 * count)
  .slice(2 * count)
  .map((u) => 0.5 + u);

/**
 * Forty Gaussians on [-40, 40]^2, the usual trial of samplers. Langevin dynamics stays in the mode where it starts; parallel
 * tempering and sequential Monte Carlo find the weights. A density without parameters: sample it and diagnose it.
 */
export const fortyGaussians = defineEnergy({
  dim: 2,
  energy: (x) => {
    const offset = tf.sub(tf.expandDims(x, 1), tf.tensor(means));
    const exponents = tf.mul(tf.sum(tf.square(offset), 2), -0.5 / (std * std));
    return tf.neg(tf.logSumExp(tf.add(exponents, tf.log(tf.tensor(weights))), 1));
  },
  data: data.gaussianMixture({ means, std, weights }),
});
