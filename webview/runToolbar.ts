/** Starting, pausing, stepping and stopping. The buttons stay where they are; what cannot be done now is greyed, and says why. */

import type { PanelRunState } from '../src/shared/panelProtocol';
import type { Context, Part } from './context';
import { button } from './controls';
import { element } from './dom';
import type { PageState } from './state';
import { t } from './words';

/** What the buttons act on. */
export interface RunControls {
  readonly run: (state: PageState) => { readonly id: string; readonly state: PanelRunState } | undefined;
  readonly startLabel: string;
  readonly startTitle: string;
  readonly start: (state: PageState) => void;
  readonly againLabel: string;
  readonly againTitle: string;
  readonly again: (state: PageState) => void;
  /** Why nothing can be started now, in one sentence. */
  readonly refusal: (state: PageState) => string | undefined;
  /** Why it cannot be started again, where it could be started. */
  readonly againRefusal: (state: PageState) => string | undefined;
  /** Steps that one press of Step makes. */
  readonly stepCount: number;
}

export function runToolbar({ store, host }: Context, controls: RunControls): Part {
  const withRun = (act: (run: NonNullable<ReturnType<RunControls['run']>>) => void) => () => {
    const run = controls.run(store.state);
    if (run) act(run);
  };
  const isMoving = (run: ReturnType<RunControls['run']>): boolean => run !== undefined && run.state.kind !== 'ended';
  const start = button({
    label: controls.startLabel,
    icon: 'play',
    look: 'primary',
    onClick: () => {
      const run = controls.run(store.state);
      if (run && isMoving(run)) host.command({ name: run.state.looksOn === true ? 'takeOver' : 'stop', runId: run.id });
      else if (controls.refusal(store.state) === undefined) controls.start(store.state);
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
    onClick: withRun((run) => host.command({ name: 'step', runId: run.id, count: controls.stepCount })),
  });
  const again = button({ label: controls.againLabel, icon: 'restart', onClick: () => controls.again(store.state) });
  const root = element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': t('Run') },
    start.element,
    pause.element,
    step.element,
    again.element,
  );
  const render = (state: PageState): void => {
    const run = controls.run(state);
    const kind = run?.state.kind;
    const refusal = controls.refusal(state);
    const looksOn = run?.state.looksOn === true;
    if (looksOn) start.set({ label: t('Take Over'), icon: 'play', disabled: false, title: t('This window steers the run from now on') });
    else if (isMoving(run))
      start.set({ label: t('Stop'), icon: 'stop', disabled: kind === 'stopping', title: t('Ends the run; what it has found is kept') });
    else start.set({ label: controls.startLabel, icon: 'play', disabled: refusal !== undefined, title: refusal ?? controls.startTitle });
    const onlooker = looksOn ? t('Another window steers this run') : undefined;
    if (kind === 'paused' && !looksOn) pause.set({ label: t('Resume'), icon: 'play', disabled: false, title: t('Goes on') });
    else
      pause.set({
        label: t('Pause'),
        icon: 'pause',
        disabled: kind !== 'running' || looksOn,
        title: onlooker ?? (kind === 'running' ? t('Halts after the steps at hand') : t('Nothing runs')),
      });
    step.set({
      disabled: kind !== 'paused' || looksOn,
      title: onlooker ?? (kind === 'paused' ? t('Makes {0} steps', controls.stepCount) : t('Pause first')),
    });
    const notAgain = refusal ?? controls.againRefusal(state);
    again.set({ disabled: !run || notAgain !== undefined, title: notAgain ?? controls.againTitle });
  };
  return { root, render };
}
