/** Samplers as lists and forms offer them. */

import type { Option, SamplerForm } from '../shared/samplerForm';
import { samplerForms, suitableSampler } from '../shared/samplers/samplerForms';
import type { Translate } from './translate';

/** All of them in the user's language, in the order of menus. */
export function samplerList(t: Translate): readonly SamplerForm[] {
  const translated = (option: Option): Option => {
    const { help } = option;
    return { ...option, help: t(help) };
  };
  return samplerForms.map((form) => {
    const { summary, options } = form;
    return {
      ...form,
      summary: t(summary),
      options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, translated(option)])),
    };
  });
}

/** The samplers that can sample an energy, the one that suits it first: a score network has no density, and one sampler does without. */
export function samplersFor(network: 'energy' | 'score', t: Translate): readonly SamplerForm[] {
  const suitable = suitableSampler(network);
  const [first, others] = [true, false].map((wanted) => samplerList(t).filter(({ name }) => (name === suitable) === wanted));
  return network === 'score' ? first! : [...first!, ...others!];
}
