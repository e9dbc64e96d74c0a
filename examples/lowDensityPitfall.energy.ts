import { data, defineEnergy, mlp } from 'unblind';

/**
 * Second pitfall of scores: where there are no data nothing is learnt (Song and Ermon 2019, figure 2). Score matching weighs the
 * error of the score by the density of the data, so between and around two modes it may be anything. The report of a fit
 * (unblind export RUN --to html) maps the error; its mean is small over the data and large over the box.
 */
export const farCorners = defineEnergy({
  dim: 2,
  ...mlp([2, 128, 128, 1], 'swish'),
  data: data.gaussianMixture({
    means: [
      [5, 5],
      [-5, -5],
    ],
    std: 1,
    weights: [0.8, 0.2],
  }),
  fit: { objective: 'fisher', steps: 3000, batch: 256 },
});
