import type { ObjectiveName } from '../shared/settings';
import { bridgedEnergy } from './mixtureFisher';
import type { Objective } from './objective';
import { denoisingScoreMatching, exactScoreMatching, slicedScoreMatching, varianceReducedSlicedScoreMatching } from './scoreMatching';

/** All objectives. Adding one is a record here and its name in shared/settings.ts. */
export const objectives: { readonly [N in ObjectiveName]: Objective } = {
  mfd: {
    title: 'mixture Fisher divergence (bridged score matching, then correction)',
    noise: 'none',
    bridged: true,
    models: 'bridged',
    selfNormalised: false,
    loss: ({ energy, x }) => exactScoreMatching(energy, x),
  },
  'mfd-self-normalised': {
    title: 'self-normalised mixture Fisher divergence',
    noise: 'none',
    bridged: true,
    models: 'data',
    selfNormalised: true,
    loss: (context) => exactScoreMatching(bridgedEnergy(context), context.x),
  },
  fisher: {
    title: 'exact score matching (Fisher divergence)',
    noise: 'none',
    bridged: false,
    models: 'data',
    selfNormalised: false,
    loss: ({ energy, x }) => exactScoreMatching(energy, x),
  },
  sliced: {
    title: 'sliced score matching',
    noise: 'directions',
    bridged: false,
    models: 'data',
    selfNormalised: false,
    loss: ({ energy, x, noise }) => slicedScoreMatching(energy, x, noise!),
  },
  'sliced-vr': {
    title: 'sliced score matching, variance-reduced',
    noise: 'directions',
    bridged: false,
    models: 'data',
    selfNormalised: false,
    loss: ({ energy, x, noise }) => varianceReducedSlicedScoreMatching(energy, x, noise!),
  },
  denoising: {
    title: 'denoising score matching',
    noise: 'gaussian',
    bridged: false,
    models: 'data',
    selfNormalised: false,
    loss: ({ energy, x, noise, sigma }) => denoisingScoreMatching(energy, x, noise!, sigma),
  },
};
