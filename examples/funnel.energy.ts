import * as tf from '@tensorflow/tfjs';
import { defineEnergy } from 'unblind';

const dim = 10;

/**
 * Neal's funnel: v ~ N(0, 3^2), and nine coordinates whose standard deviation is exp(v / 2). One mode, but scales from
 * 0.01 to 100: a step size that suits the neck is far too small for the mouth. See what acceptance and R-hat say.
 */
export const funnel = defineEnergy({
  dim,
  energy: (x) => {
    const v = tf.slice(x, [0, 0], [-1, 1]);
    const rest = tf.slice(x, [0, 1], [-1, dim - 1]);
    const neck = tf.div(tf.square(v), 2 * 9);
    const mouth = tf.add(tf.mul(tf.square(rest), tf.mul(tf.exp(tf.neg(v)), 0.5)), tf.mul(v, 0.5));
    return tf.squeeze(tf.add(neck, tf.sum(mouth, 1, true)), [1]);
  },
});
