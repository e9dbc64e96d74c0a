/** The buttons of a sampling. */

import type { Context, Part } from '../context';
import { runToolbar } from '../runToolbar';
import type { PageState } from '../state';
import { t } from '../words';
import { optionLabel } from './optionFields';
import { isSampling } from './sampleState';

/** Why nothing can be sampled now, in one sentence. */
export function sampleRefusal({ refusal, energy, sampleProblems }: PageState): string | undefined {
  if (refusal !== undefined) return refusal;
  if (!energy) return t('There is no energy file to sample.');
  const [wrong] = Object.entries(sampleProblems);
  return wrong && t('{0} in the settings makes no sense. {1}', optionLabel(wrong[0].split('.').at(-1) ?? ''), wrong[1]);
}

export function sampleToolbar(context: Context): Part {
  const { store, host } = context;
  return runToolbar(context, {
    run: ({ sampling }) => sampling,
    startLabel: t('Sample'),
    startTitle: t('Starts a sampler with these settings'),
    start: ({ sampleSettings }) => host.command({ name: 'sample', settings: sampleSettings }),
    againLabel: t('New seed'),
    againTitle: t('Starts again with the next seed'),
    again: ({ sampling, sampleSettings }) => {
      const settings = { ...sampleSettings, seed: (sampling?.info?.seed ?? sampleSettings.seed) + 1 };
      store.dispatch({ type: 'sampleSettings', changes: { seed: settings.seed } });
      host.command({ name: 'sample', settings });
    },
    refusal: sampleRefusal,
    againRefusal: (state) => (isSampling(state) ? t('Stop first') : undefined),
    stepCount: 10,
  });
}
