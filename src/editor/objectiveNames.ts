/** Objectives as lenses and lists show them. */

import type { ObjectiveName } from '../shared/settings';
import type { Translate } from './translate';

export interface ObjectiveText {
  /** A few letters, for lenses and lists. */
  readonly short: string;
  /** What it is and what it is good for. */
  readonly detail: string;
}

/** One entry an objective, in the order in which they are offered. */
export function objectiveTexts(t: Translate): { readonly [N in ObjectiveName]: ObjectiveText } {
  return {
    mfd: { short: 'MFD', detail: t('mixture Fisher divergence: sees the weights of modes') },
    'mfd-self-normalised': { short: 'MFD-SN', detail: t('self-normalised mixture Fisher divergence: no correction needed') },
    fisher: { short: 'FD', detail: t('exact score matching: blind to the weights of modes') },
    sliced: { short: 'SSM', detail: t('sliced score matching: cheaper in many dimensions, blind to weights') },
    'sliced-vr': { short: 'SSM-VR', detail: t('sliced score matching with less variance, blind to weights') },
    denoising: { short: 'DSM', detail: t('denoising score matching: no second derivatives, blind to weights') },
    'noise-annealed': { short: 'FD-NA', detail: t('exact score matching with data noise annealed to zero: a control, blind to weights') },
    'multi-noise': { short: 'NCSN', detail: t('denoising at many noise levels: for score networks') },
  };
}
