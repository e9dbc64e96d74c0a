/** Starting, pausing, stepping and stopping. The buttons stay where they are; what cannot be done now is greyed, and says why. */

import type { Context, Part } from './context';
import { button } from './controls';
import { element } from './dom';
import { activeRun, isRunning, type PageState, type RunView } from './state';
import { t } from './words';

/** Steps that one press of Step makes. */
const stepCount = 10;

export function toolbar({ store, host }: Context): Part {
  const withRun = (act: (run: RunView) => void) => () => {
    const run = activeRun(store.state);
    if (run) act(run);
  };
  const fit = button({
    label: t('Fit'),
    icon: 'play',
    look: 'primary',
    onClick: () => {
      const run = activeRun(store.state);
      if (run && isRunning(run)) host.command({ name: 'stop', runId: run.id });
      else host.command({ name: 'fit', settings: store.state.settings });
    },
  });
  const pause = button({
    label: t('Pause'),
    icon: 'pause',
    onClick: withRun((run) => host.command({ name: run.state.kind === 'paused' ? 'resume' : 'pause', runId: run.id })),
  });
  const step = button({
    label: t('Step'),
    icon: 'step',
    onClick: withRun((run) => host.command({ name: 'step', runId: run.id, count: stepCount })),
  });
  const restart = button({
    label: t('New seed'),
    icon: 'restart',
    onClick: withRun((run) => {
      const settings = { ...store.state.settings, seed: (run.info?.seed ?? store.state.settings.seed) + 1 };
      store.dispatch({ type: 'settings', changes: { seed: settings.seed } });
      host.command({ name: 'restart', runId: run.id, settings });
    }),
  });
  const root = element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': t('Run') },
    fit.element,
    pause.element,
    step.element,
    restart.element,
  );
  const render = (state: PageState): void => {
    const run = activeRun(state);
    const kind = run?.state.kind;
    const refusal = state.refusal ?? (state.energy ? undefined : t('There is no energy file to fit.'));
    if (isRunning(run))
      fit.set({ label: t('Stop'), icon: 'stop', disabled: kind === 'stopping', title: t('Ends the run; what it has found is kept') });
    else
      fit.set({
        label: t('Fit'),
        icon: 'play',
        disabled: refusal !== undefined,
        title: refusal ?? t('Starts a new run with these settings'),
      });
    if (kind === 'paused') pause.set({ label: t('Resume'), icon: 'play', disabled: false, title: t('Goes on') });
    else
      pause.set({
        label: t('Pause'),
        icon: 'pause',
        disabled: kind !== 'running',
        title: kind === 'running' ? t('Halts after the steps at hand') : t('Nothing runs'),
      });
    step.set({ disabled: kind !== 'paused', title: kind === 'paused' ? t('Makes {0} steps', stepCount) : t('Pause first') });
    restart.set({ disabled: !run || refusal !== undefined, title: refusal ?? t('Starts again with the next seed') });
  };
  return { root, render };
}
