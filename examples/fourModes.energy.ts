import { data, defineEnergy, mixing, mlp } from 'unblind';

/**
 * Four modes of unequal weight. The score of such a density hardly depends on the weights, because hardly any mass lies
 * between the modes: the Fisher divergence is blind to them. Fit with `objective: 'fisher'`, then with 'mfd', and compare.
 */
export const fourModes = defineEnergy({
  dim: 2,
  // A network with three hidden layers; its output is the energy E, and the density is proportional to exp(-E).
  ...mlp([2, 64, 64, 64, 1], 'swish'),
  data: data.gaussianMixture({
    means: [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ],
    std: 0.2,
    weights: [0.1, 0.2, 0.3, 0.4],
  }),
  // A broad density that covers all modes. Mixed into data and model, it joins the modes, so that their weights count.
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.8, steps: 6000, batch: 512, learningRate: 6e-3 },
});
