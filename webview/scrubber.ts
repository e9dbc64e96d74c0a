/** Back and forth through the snapshots of a run. */

import { formatFixed } from '../src/shared/plot/numberFormat';
import type { Context, Part } from './context';
import { button, slider } from './controls';
import { element, setText } from './dom';
import type { PageState } from './state';
import { t } from './words';

/** Milliseconds that each snapshot stays, at the least, while playing. */
const playPeriod = 280;

/** Snapshots kept: one is some hundred kilobytes. */
const mostKept = 48;

interface Stepped {
  readonly step: number;
}

/** A run as a scrubber sees it. */
export interface Timeline<F extends Stepped> {
  readonly id: string;
  /** Steps, ascending. */
  readonly snapshots: readonly number[];
  /** The last picture, if there is one. */
  readonly frame: F | undefined;
  readonly running: boolean;
  /** Undefined follows the run. */
  readonly shown: { readonly step: number; readonly frame: F | undefined; readonly missing: boolean } | undefined;
  readonly playing: boolean;
}

/** Whose snapshots are scrubbed through, and how. */
export interface ScrubSource<F extends Stepped> {
  readonly of: (state: PageState) => Timeline<F> | undefined;
  /** Undefined goes back to following the run. */
  readonly show: (step: number | undefined, frame: F | undefined) => void;
  readonly play: (playing: boolean) => void;
  /** Asks the host for a snapshot. */
  readonly open: (id: string, step: number) => void;
}

export interface Scrubber<F> extends Part {
  /** Remembers an answer of the host. */
  readonly keep: (runId: string, step: number, frame: F | undefined) => void;
}

export function scrubber<F extends Stepped>({ store }: Context, source: ScrubSource<F>): Scrubber<F> {
  const kept = new Map<string, F>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const now = (): Timeline<F> | undefined => source.of(store.state);
  const show = (step: number | undefined): void => {
    const run = now();
    if (!run) return;
    const frame = step === undefined ? undefined : kept.get(`${run.id} ${step}`);
    source.show(step, frame);
    if (step !== undefined && !frame) source.open(run.id, step);
  };
  const range = slider(t('Snapshot'), 0, (at) => {
    source.play(false);
    show(now()?.snapshots[at]);
  });
  const play = button({
    label: t('Play the snapshots'),
    icon: 'play',
    look: 'icon',
    onClick: () => {
      const run = now();
      if (!run) return;
      if (!run.playing && run.shown === undefined) show(run.snapshots[0]);
      source.play(!run.playing);
    },
  });
  const advance = (): void => {
    const run = now();
    if (!run?.shown || document.hidden) return;
    // The next one comes when this one is there.
    if (run.shown.frame?.step !== run.shown.step && !run.shown.missing) return;
    const { step } = run.shown;
    show(run.snapshots.find((other) => other > step));
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
  const tick = (playing: boolean): void => {
    if (playing && timer === undefined) timer = setInterval(advance, playPeriod);
    else if (!playing && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  store.listen((state) => tick(source.of(state)?.playing ?? false));
  const render = (state: PageState): void => {
    const run = source.of(state);
    const snapshots = run?.snapshots ?? [];
    root.classList.toggle('idle', snapshots.length < 2);
    const at = run?.shown ? snapshots.findIndex((step) => step === run.shown?.step) : snapshots.length;
    const text = scrubText(run);
    range.set(at < 0 ? 0 : at, snapshots.length, text);
    range.element.disabled = snapshots.length < 2;
    const playing = run?.playing ?? false;
    play.set({
      label: playing ? t('Pause the snapshots') : t('Play the snapshots'),
      icon: playing ? 'pause' : 'play',
      disabled: snapshots.length < 2,
    });
    latest.set({ disabled: run?.shown === undefined });
    setText(label, text);
  };
  const keep = (runId: string, step: number, frame: F | undefined): void => {
    if (!frame) return;
    kept.set(`${runId} ${step}`, frame);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  };
  return { root, render, keep };
}

function scrubText(run: Timeline<Stepped> | undefined): string {
  if (run?.shown) return t(run.shown.missing ? 'Step {0}: cannot be read' : 'Step {0}', formatFixed(run.shown.step, 0));
  if (!run?.frame) return t('No snapshots yet');
  return t(run.running ? 'Live, step {0}' : 'Last, step {0}', formatFixed(run.frame.step, 0));
}
