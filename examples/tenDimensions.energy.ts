import { data, defineEnergy, mixing, mlp } from 'unblind';

const dim = 10;
const corner = (sign: number): number[] => Array.from({ length: dim }, () => sign);

/**
 * Two modes in ten dimensions. There is no picture of such a density, but there are marginals, mode weights, log Z and the
 * diagnosis; integrals are Monte Carlo here and come with their standard errors.
 */
export const tenDimensions = defineEnergy({
  dim,
  ...mlp([dim, 64, 64, 1], 'swish'),
  data: data.gaussianMixture({ means: [corner(-1), corner(1)], std: 0.8, weights: [0.3, 0.7] }),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', beta: 0.8, steps: 4000, batch: 512, learningRate: 3e-3 },
});
