import { data, defineEnergy, mlp } from 'unblind';

const circle = data.sampler((rng, n) =>
  Array.from({ length: n }, () => {
    const angle = 2 * Math.PI * rng.uniform();
    return [Math.cos(angle), Math.sin(angle)];
  }),
);

/**
 * First pitfall of scores: data on a curve in the plane have no density, and so no score (Song and Ermon 2019, section 3.2.1). The
 * steeper the energy rises beside the curve, the lower the loss: it falls for ever, and the fit never settles.
 */
export const withoutNoise = defineEnergy({
  dim: 2,
  ...mlp([2, 64, 64, 1], 'swish'),
  data: circle,
  fit: { objective: 'fisher', steps: 3000, batch: 256 },
});

/** The cure: with a little noise the data have a density all over the plane, whose score is learnt; the loss settles. */
export const withNoise = defineEnergy({
  dim: 2,
  ...mlp([2, 64, 64, 1], 'swish'),
  data: circle,
  fit: { objective: 'denoising', sigma: 0.1, steps: 3000, batch: 256 },
});
