import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy } from 'unblind';

const means = [
  [5, 5],
  [-5, -5],
];
const weights = [0.8, 0.2];

/**
 * Third pitfall of scores: Langevin dynamics do not mix between modes (Song and Ermon 2019, section 3.2.2). 80 % of the mass is in
 * one corner, 20 % in the other; the score in a mode does not know of the other one. Started all over the square, plain Langevin
 * dynamics leave half of the particles in each, though the score is exact. Annealed over noise levels they find the weights:
 *
 *     unblind sample FILE --start uniform --sampler langevin
 *     unblind sample FILE --start uniform --sampler annealed-langevin
 */
export const corners = defineEnergy({
  dim: 2,
  energy: (x) => {
    const squared = tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), tf.tensor(means))), 2);
    return tf.neg(tf.logSumExp(tf.sub(tf.log(tf.tensor(weights)), tf.mul(squared, 0.5)), 1));
  },
  data: data.gaussianMixture({ means, std: 1, weights }),
});
