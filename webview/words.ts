/** Names of things in the words of the page. */

import type { ObjectiveName } from '../src/shared/settings';

export const objectiveWords: Readonly<Record<ObjectiveName, string>> = {
  mfd: 'MFD',
  'mfd-self-normalised': 'MFD, self-normalised',
  fisher: 'Fisher divergence',
  sliced: 'sliced score matching',
  'sliced-vr': 'sliced, variance-reduced',
  denoising: 'denoising score matching',
};
