import { data, defineEnergy, mlp } from 'unblind';

/** The slides' pitfall II, after Song and Ermon 2019, Figure 2: a score is learnt where there are data, and nowhere else. */
export const corners = defineEnergy({
  dim: 2,
  ...mlp([2, 128, 128, 1], 'softplus'),
  data: data.gaussianMixture({
    means: [
      [5, 5],
      [-5, -5],
    ],
    std: 1,
    weights: [0.8, 0.2],
  }),
  fit: { objective: 'sliced', steps: 4000, batch: 128, learningRate: 1e-3 },
});
