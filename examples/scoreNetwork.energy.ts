import { data, defineScore, scoreMlp } from 'unblind';

/**
 * A score network that is told the noise level (Song and Ermon 2019): trained by denoising at ten levels at once, sampled from
 * the largest noise to the smallest. At large noise the modes are joined, so that their weights are learnt; there is no density.
 */
export const cornersByScore = defineScore({
  dim: 2,
  ...scoreMlp([2, 128, 128, 2], 'swish'),
  noise: { largest: 20, smallest: 1, levels: 10 },
  data: data.gaussianMixture({
    means: [
      [5, 5],
      [-5, -5],
    ],
    std: 1,
    weights: [0.8, 0.2],
  }),
  fit: { steps: 3000, batch: 512, learningRate: 2e-3 },
});
