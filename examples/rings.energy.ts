import * as tf from '@tensorflow/tfjs';
import { activations, data, defineEnergy, mixing } from 'unblind';

/** Two rings. Modes need not be points: between the rings there is no mass either, so their weights are just as hard to see. */
export const rings = defineEnergy({
  dim: 2,
  // Parameters of your own: records and arrays of tensors, whose initial values come from the seed of the run.
  params: (init) => ({
    w1: init.glorot([3, 96]),
    b1: init.zeros([96]),
    w2: init.glorot([96, 96]),
    b2: init.zeros([96]),
    w3: init.glorot([96, 1]),
  }),
  energy: (x, p) => {
    // The radius is what matters here: give it to the network beside the coordinates.
    const radius = tf.sqrt(tf.add(tf.sum(tf.square(x), 1, true), 1e-6));
    const h1 = activations.swish(tf.add(tf.matMul(tf.concat([x, radius], 1), p.w1), p.b1));
    const h2 = activations.swish(tf.add(tf.matMul(h1, p.w2), p.b2));
    return tf.squeeze(tf.matMul(h2, p.w3), [1]);
  },
  data: data.rings(),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.9, steps: 6000, batch: 512, learningRate: 4e-3 },
});
