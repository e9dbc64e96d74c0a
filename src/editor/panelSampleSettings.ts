/** The form of the sampler, and what it asks the engine for. No VS Code in here. */

import type { PanelSampleSettings } from '../shared/panelProtocol';
import type { SampleRequest } from '../shared/sampleProtocol';
import { suitableSampler } from '../shared/samplers/samplerForms';

export const defaultSampleSettings: PanelSampleSettings = { sampler: undefined, options: {}, particles: 1000, start: 'normal', seed: 0 };

/** What is wished of a sampler run; the rest of the request is found where it starts. */
export type SampleWish = Pick<SampleRequest, 'sampler' | 'options' | 'particles' | 'start' | 'seed'>;

/**
 * The wish that a form stands for.
 * @param network what the energy is: it decides which sampler is meant where none is chosen
 * @param last directory of the run whose particles are there to start from
 * @returns undefined where there are no such particles
 */
export function wishOf(
  { sampler, options, particles, start, seed }: PanelSampleSettings,
  network: 'energy' | 'score',
  last: string | undefined,
): SampleWish | undefined {
  if (start === 'particles' && last === undefined) return undefined;
  const own = options[sampler ?? suitableSampler(network)] ?? {};
  return { sampler, options: own, particles, start: start === 'particles' ? last : start, seed };
}

/** The form as it stands once a sampler run was asked for elsewhere. */
export function formAfter(form: PanelSampleSettings, { sampler, options, particles, start, seed }: SampleWish): PanelSampleSettings {
  const kind = start ?? 'normal';
  return {
    sampler: sampler ?? form.sampler,
    options: sampler === undefined ? form.options : { ...form.options, [sampler]: options },
    particles: particles ?? form.particles,
    // A path stands for particles that will then be those of the last run.
    start: kind === 'data' || kind === 'normal' || kind === 'uniform' ? kind : 'particles',
    seed,
  };
}
