/** What to do about a fault of the weights: a fit is repeated otherwise, a density without parameters can only be sampled otherwise. */

import { adviceStarts } from '../../shared/advisedStep';
import type { BlindnessInput, VisibilityFacts } from './reportTypes';
import { adviceWords, figure } from './words';

interface Cures {
  readonly missed: string;
  readonly spurious: string;
  readonly weights: string;
  /** Of what the Fisher loss cannot see. */
  readonly blind: (facts: VisibilityFacts, advice: BlindnessInput['advice']) => string;
  /** @param noise from which on the weights show, in words */
  readonly noise: (noise: string) => string;
  /** Of samples that are not those of the density. */
  readonly samples: string;
  /** Of samples that misfit at a place. */
  readonly misfit: string;
  readonly shares: string;
}

const sampleOrChange = `${adviceStarts.sample}, or change the energy.`;

const ofFit: Cures = {
  missed: 'Fit longer, or with a wider network or mixing density.',
  spurious: `${adviceStarts.fit} and a mixing density that reaches there.`,
  weights: 'Fit with an objective that sees the weights, such as MFD.',
  blind: ({ fisher }, advice) =>
    advice
      ? `Fit with ${adviceWords(advice)}: visibility rises from ${figure(fisher.visibility)} to ${figure(advice.visibility)}.`
      : 'Fit with the mixture Fisher divergence.',
  noise: (noise) => `A denoising objective needs noise levels above ${noise}.`,
  samples: 'Run the sampler longer, or fit longer.',
  misfit: 'Compare samples and density there; run the sampler longer, or fit longer.',
  shares: `${adviceStarts.sample}, or fit with an objective that sees the weights, such as MFD.`,
};

const ofFixed: Cures = {
  missed: sampleOrChange,
  spurious: sampleOrChange,
  weights: sampleOrChange,
  blind: () => `${adviceStarts.sample} or annealed importance sampling: steps that follow scores alone do not find the weights.`,
  noise: (noise) => `Where scores are compared, compare those with noise above ${noise}.`,
  samples: 'Run the sampler longer.',
  misfit: 'Compare samples and density there; run the sampler longer.',
  shares: `${adviceStarts.sample}.`,
};

/** The cures that there are for a density. */
export function curesOf(fixed: boolean | undefined): Cures {
  return fixed ? ofFixed : ofFit;
}
