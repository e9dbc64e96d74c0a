import { data, defineEnergy, mixing, mlp } from 'unblind';

/** One curved mode. There is nothing to be blind to: score matching is enough here, and the diagnosis should stay quiet. */
export const banana = defineEnergy({
  dim: 2,
  ...mlp([2, 64, 64, 1], 'swish'),
  data: data.banana(),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.9, steps: 4000, batch: 512, learningRate: 4e-3 },
});
