import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy } from 'unblind';

const means = [
  [5, 5],
  [-5, -5],
];
const weights = [0.8, 0.2];

/**
 * The toy of Song and Ermon (2019): 80 % of the mass in one corner, 20 % in the other. Plain Langevin dynamics started all
 * over the square ends with half of the particles in each; annealed over noise levels it finds the weights.
 */
export const corners = defineEnergy({
  dim: 2,
  energy: (x) => {
    const squared = tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), tf.tensor(means))), 2);
    return tf.neg(tf.logSumExp(tf.sub(tf.log(tf.tensor(weights)), tf.mul(squared, 0.5)), 1));
  },
  data: data.gaussianMixture({ means, std: 1, weights }),
});
