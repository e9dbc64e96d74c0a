import { data, defineEnergy, mixing, mlp } from 'unblind';

/** The four modes of examples/fourModes.energy.ts, times 20 and shifted by 100. */
export const farModes = defineEnergy({
  dim: 2,
  ...mlp([2, 64, 64, 64, 1], 'swish'),
  data: data.gaussianMixture({ scale: 20, shift: 100 }),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.8, steps: 6000, batch: 512, learningRate: 6e-3 },
});
