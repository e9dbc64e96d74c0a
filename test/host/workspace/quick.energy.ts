import { data, defineEnergy, mixing, mlp } from 'unblind';

/** Two modes on a line, fitted in a few seconds. */
export const quick = defineEnergy({
  dim: 1,
  ...mlp([1, 24, 24, 1], 'swish'),
  data: data.gaussianMixture({ means: [[-2], [2]], std: 0.7, weights: [0.3, 0.7] }),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', steps: 400, batch: 256, learningRate: 5e-3 },
});

/** The same for a long time, to be stopped. */
export const long = defineEnergy({
  dim: 1,
  ...mlp([1, 24, 24, 1], 'swish'),
  data: data.gaussianMixture({ means: [[-2], [2]], std: 0.7, weights: [0.3, 0.7] }),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', steps: 1_000_000, batch: 256, learningRate: 1e-3 },
});
