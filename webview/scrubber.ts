/** Back and forth through the snapshots of a run. */

import type { Frame } from '../src/shared/protocol';
import { formatFixed } from '../src/shared/plot/numberFormat';
import type { Context, Part } from './context';
import { button, slider } from './controls';
import { element, setText } from './dom';
import { activeRun, isRunning, type PageState } from './state';
import { t } from './words';

/** Milliseconds that each snapshot stays, at the least, while playing. */
const playPeriod = 280;

/** Snapshots kept: one is some hundred kilobytes. */
const mostKept = 48;

export interface Scrubber extends Part {
  /** Remembers an answer of the host. */
  readonly keep: (runId: string, step: number, frame: Frame | undefined) => void;
}

export function scrubber({ store, host }: Context): Scrubber {
  const kept = new Map<string, Frame>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const show = (step: number | undefined): void => {
    const run = activeRun(store.state);
    if (!run) return;
    const frame = step === undefined ? undefined : kept.get(`${run.id} ${step}`);
    store.dispatch({ type: 'scrub', step, frame });
    if (step !== undefined && !frame) host.post({ type: 'openSnapshot', runId: run.id, step });
  };
  const range = slider(t('Snapshot'), 0, (at) => {
    store.dispatch({ type: 'play', playing: false });
    show(activeRun(store.state)?.snapshots[at]);
  });
  const play = button({
    label: t('Play the snapshots'),
    icon: 'play',
    look: 'icon',
    onClick: () => {
      const { playing, shown } = store.state;
      if (!playing && shown === undefined) show(activeRun(store.state)?.snapshots[0]);
      store.dispatch({ type: 'play', playing: !playing });
    },
  });
  const advance = (): void => {
    const { state } = store;
    const run = activeRun(state);
    if (!run || !state.shown || document.hidden) return;
    // The next one comes when this one is there.
    if (state.shown.frame?.step !== state.shown.step && !state.shown.missing) return;
    const { step } = state.shown;
    const next = run.snapshots.find((other) => other > step);
    if (next === undefined) show(undefined);
    else show(next);
  };
  const latest = button({ label: t('Latest'), onClick: () => show(undefined) });
  const label = element('output', { class: 'scrub-label' });
  const root = element(
    'div',
    { class: 'scrubber', role: 'group', 'aria-label': t('Snapshots') },
    play.element,
    range.element,
    label,
    latest.element,
  );
  const render = (state: PageState): void => {
    const run = activeRun(state);
    const snapshots = run?.snapshots ?? [];
    root.classList.toggle('idle', snapshots.length < 2);
    const at = state.shown ? snapshots.findIndex((step) => step === state.shown?.step) : snapshots.length;
    const text = scrubText(state);
    range.set(at < 0 ? 0 : at, snapshots.length, text);
    range.element.disabled = snapshots.length < 2;
    play.set({
      label: state.playing ? t('Pause the snapshots') : t('Play the snapshots'),
      icon: state.playing ? 'pause' : 'play',
      disabled: snapshots.length < 2,
    });
    latest.set({ disabled: state.shown === undefined });
    setText(label, text);
    if (state.playing && timer === undefined) timer = setInterval(advance, playPeriod);
    else if (!state.playing && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const keep = (runId: string, step: number, frame: Frame | undefined): void => {
    if (!frame) return;
    kept.set(`${runId} ${step}`, frame);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  };
  return { root, render, keep };
}

function scrubText(state: PageState): string {
  const run = activeRun(state);
  if (state.shown) return t(state.shown.missing ? 'Step {0}: cannot be read' : 'Step {0}', formatFixed(state.shown.step, 0));
  if (!run?.frame) return t('No snapshots yet');
  return t(isRunning(run) ? 'Live, step {0}' : 'Last, step {0}', formatFixed(run.frame.step, 0));
}
