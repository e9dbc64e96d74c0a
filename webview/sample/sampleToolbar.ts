/** The buttons of a sampling. */

import type { Context, Part } from '../context';
import { runToolbar } from '../runToolbar';
import { t } from '../words';
import { sampleRefusal } from './sampleRefusal';
import { isSampling } from './sampleState';

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
