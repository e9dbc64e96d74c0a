import * as tf from '@tensorflow/tfjs';
import { defineEnergy } from 'unblind';

/** Ten measurements of y at x. */
const measured = [
  [-2.0, -3.1],
  [-1.6, -2.7],
  [-1.1, -1.4],
  [-0.7, -1.2],
  [-0.2, 0.1],
  [0.3, 0.4],
  [0.8, 1.9],
  [1.2, 1.8],
  [1.7, 3.3],
  [2.1, 3.4],
];
const x = tf.tensor(measured.map(([at]) => at!));
const y = tf.tensor(measured.map(([, value]) => value!));

/**
 * Posterior of a small Bayesian regression y = intercept + slope x + noise: rows are (intercept, slope, log of the noise's
 * standard deviation), with priors N(0, 5^2), N(0, 5^2) and N(-1, 1). The energy is minus the log of prior times likelihood.
 */
export const bayesianRegression = defineEnergy({
  dim: 3,
  energy: (theta) => {
    const [intercept, slope, logNoise] = tf.split(theta, 3, 1);
    const residual = tf.sub(y, tf.add(intercept!, tf.mul(slope!, x)));
    const misfit = tf.mul(tf.square(residual), tf.mul(tf.exp(tf.mul(logNoise!, -2)), 0.5));
    const likelihood = tf.add(tf.sum(misfit, 1, true), tf.mul(logNoise!, measured.length));
    const prior = tf.add(tf.div(tf.add(tf.square(intercept!), tf.square(slope!)), 50), tf.div(tf.square(tf.add(logNoise!, 1)), 2));
    return tf.squeeze(tf.add(likelihood, prior), [1]);
  },
});
