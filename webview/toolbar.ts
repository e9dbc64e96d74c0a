/** The buttons of a fit. */

import type { Context, Part } from './context';
import { runToolbar } from './runToolbar';
import { activeRun } from './state';
import { t } from './words';

export function toolbar(context: Context): Part {
  const { store, host } = context;
  return runToolbar(context, {
    run: activeRun,
    startLabel: t('Fit'),
    startTitle: t('Starts a new run with these settings'),
    start: ({ settings }) => host.command({ name: 'fit', settings }),
    againLabel: t('New seed'),
    againTitle: t('Starts again with the next seed'),
    again: (state) => {
      const run = activeRun(state);
      if (!run) return;
      const settings = { ...state.settings, seed: (run.info?.seed ?? state.settings.seed) + 1 };
      store.dispatch({ type: 'settings', changes: { seed: settings.seed } });
      host.command({ name: 'restart', runId: run.id, settings });
    },
    refusal: ({ refusal, energy }) => refusal ?? (energy ? undefined : t('There is no energy file to fit.')),
    againRefusal: () => undefined,
    stepCount: 10,
  });
}
