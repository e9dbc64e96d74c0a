import { data, defineEnergy, mixing, mlp } from 'unblind';

/**
 * The smallest case of blindness: two modes ten standard deviations apart, on a line. Whatever the weights are, the score
 * is the same wherever there is data, so score matching cannot tell 0.2 and 0.8 from 0.5 and 0.5.
 */
export const twoModes = defineEnergy({
  dim: 1,
  ...mlp([1, 64, 64, 1], 'swish'),
  data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] }),
  // Wide enough to put mass between the modes.
  mixing: mixing.gaussian({ mean: 0, std: 3 }),
  fit: { objective: 'mfd', beta: 0.8, steps: 3000, batch: 512, learningRate: 4e-3 },
});
