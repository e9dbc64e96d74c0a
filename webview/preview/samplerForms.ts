/** The samplers that pictures offer: a choice of the real ones. */

import type { SamplerForm } from '../../src/shared/samplerForm';
import { annealedLangevinForm } from '../../src/shared/samplers/annealedLangevin';
import { langevinForm } from '../../src/shared/samplers/langevin';
import { malaForm } from '../../src/shared/samplers/mala';
import { svgdForm } from '../../src/shared/samplers/svgd';

// Without a step size: whoever chooses it sees the fields change.
const { steps, kernel, bandwidth } = svgdForm.options;

export const samplerForms: readonly SamplerForm[] = [
  langevinForm,
  malaForm,
  annealedLangevinForm,
  { ...svgdForm, options: { steps, kernel, bandwidth } },
];
