import type { SamplerForm } from '../samplerForm';
import { aisForm } from './ais';
import { annealedLangevinForm } from './annealedLangevin';
import { hmcForm } from './hmc';
import { langevinForm } from './langevin';
import { malaForm } from './mala';
import { parallelTemperingForm } from './parallelTempering';
import { smcForm } from './smc';
import { annealedSvgdForm, svgdForm } from './svgd';

/** Every sampler as menus and forms show it, in their order. */
export const samplerForms: readonly SamplerForm[] = [
  langevinForm,
  malaForm,
  hmcForm,
  annealedLangevinForm,
  parallelTemperingForm,
  smcForm,
  aisForm,
  svgdForm,
  annealedSvgdForm,
];

/** The sampler that suits a density, and the one that suits a score network, which has none. */
export function suitableSampler(network: 'energy' | 'score'): string {
  return network === 'score' ? annealedLangevinForm.name : parallelTemperingForm.name;
}

/** The sampler as menus show it: its label, or the name where it is none of ours. */
export function samplerLabel(name: string): string {
  return samplerForms.find((form) => form.name === name)?.label ?? name;
}
