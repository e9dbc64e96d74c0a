import type { ObjectiveName } from '../shared/settings';
import { bridgedEnergy } from './mixtureFisher';
import type { Objective } from './objective';
import {
  denoisingScoreMatching,
  exactScoreMatching,
  multiNoiseScoreMatching,
  slicedScoreMatching,
  varianceReducedSlicedScoreMatching,
} from './scoreMatching';

/** All objectives. Adding one is a record here and its name in shared/settings.ts. */
export const objectives: { readonly [N in ObjectiveName]: Objective } = {
  mfd: {
    title: 'mixture Fisher divergence (bridged score matching, then correction)',
    trains: 'energy',
    noise: 'none',
    bridged: true,
    models: 'bridged',
    levels: false,
    selfNormalised: false,
    loss: ({ energy, x }) => exactScoreMatching(energy, x),
  },
  'mfd-self-normalised': {
    title: 'self-normalised mixture Fisher divergence',
    trains: 'energy',
    noise: 'none',
    bridged: true,
    models: 'data',
    levels: false,
    selfNormalised: true,
    loss: (context) => exactScoreMatching(bridgedEnergy(context), context.x),
  },
  fisher: {
    title: 'exact score matching (Fisher divergence)',
    trains: 'energy',
    noise: 'none',
    bridged: false,
    models: 'data',
    levels: false,
    selfNormalised: false,
    loss: ({ energy, x }) => exactScoreMatching(energy, x),
  },
  sliced: {
    title: 'sliced score matching',
    trains: 'energy',
    noise: 'directions',
    bridged: false,
    models: 'data',
    levels: false,
    selfNormalised: false,
    loss: ({ energy, x, noise }) => slicedScoreMatching(energy, x, noise!),
  },
  'sliced-vr': {
    title: 'sliced score matching, variance-reduced',
    trains: 'energy',
    noise: 'directions',
    bridged: false,
    models: 'data',
    levels: false,
    selfNormalised: false,
    loss: ({ energy, x, noise }) => varianceReducedSlicedScoreMatching(energy, x, noise!),
  },
  denoising: {
    title: 'denoising score matching',
    trains: 'energy',
    noise: 'gaussian',
    bridged: false,
    models: 'data',
    levels: false,
    selfNormalised: false,
    loss: ({ energy, x, noise, sigma }) => denoisingScoreMatching(energy, x, noise!, sigma),
  },
  'multi-noise': {
    title: 'denoising score matching over noise levels (NCSN)',
    trains: 'score',
    noise: 'gaussian',
    bridged: false,
    models: 'data',
    levels: true,
    selfNormalised: false,
    loss: ({ score, x, noise, levels }) => multiNoiseScoreMatching(score, x, noise!, levels!),
  },
};
