import { data, defineEnergy, mixing, mlp } from 'unblind';

/** Two rings, and a network that is told nothing of the radius. */
export const rings = defineEnergy({
  dim: 2,
  ...mlp([2, 64, 64, 64, 1], 'swish'),
  data: data.rings(),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.9, steps: 6000, batch: 512, learningRate: 6e-3 },
});
