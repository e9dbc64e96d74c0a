/** Pictures of sampler runs. */

import type { PanelSampleSettings, PanelSampling, PanelSnapshot } from '../../src/shared/panelProtocol';
import type { ProblemName } from './fitRuns';
import { samplingAt, sampleSteps, summaryOf } from './samplings';
import { energyOf, snapshotOf } from './snapshots';

const settings: PanelSampleSettings = {
  sampler: 'mala',
  options: { mala: { stepSize: 0.1, burnIn: 200 } },
  particles: 1000,
  start: 'normal',
  seed: 0,
};

function sampled(problem: ProblemName, sampling: PanelSampling | undefined, changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return snapshotOf([], { view: 'sample', energy: energyOf(problem), sampling, sampleSettings: settings, ...changes });
}

export const sampleScenarios: Readonly<Record<string, () => PanelSnapshot>> = {
  sampleLive: () => sampled('plane', samplingAt('plane', 300), { ui: { samplerOpen: true } }),
  sampleDone: () => sampled('plane', samplingAt('plane', sampleSteps, { summary: summaryOf('plane') })),
  sampleLine: () => sampled('line', samplingAt('line', 500)),
  sampleSpace: () => sampled('space', samplingAt('space', sampleSteps, { summary: { ...summaryOf('space'), warnings: [] } })),
  sampleError: () =>
    sampled('plane', {
      ...samplingAt('plane', 120),
      state: {
        kind: 'ended',
        end: { kind: 'diverged', message: 'The particles are no longer numbers.', step: 124 },
        words: 'langevin: 3 of 1,000 particles left the numbers at step 124; lower stepSize, or use mala.',
        notes: ['The particles of step 120 are kept.'],
      },
    }),
  sampleEmpty: () => sampled('plane', undefined, { sampleSettings: { ...settings, sampler: undefined, options: {} } }),
  sampleHeavy: () => sampled('plane', samplingAt('plane', 300, {}, 20_000)),
};
