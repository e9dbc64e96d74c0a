/** Which run this is, how far it is, and what it has come to. */

import { formatFixed, formatNumber, formatSeconds, formatSmall, formatWithError } from '../src/shared/plot/numberFormat';
import type { PanelText } from '../src/shared/panelTexts';
import type { Context, Part } from './context';
import { button } from './controls';
import { element, icon, setText } from './dom';
import { activeRun, frameOf, isRunning, type PageState, type RunView } from './state';
import { hasFailed, type Verdict, verdictOf } from './verdict';
import { objectiveWords, t } from './words';

const figureNames = ['Step', 'Speed', 'Time left', 'KL', 'log Z', 'Negative mass'] as const satisfies readonly PanelText[];

const unknown = '–';

/** What a screen reader is told at the most every so many milliseconds while numbers change. */
const announcePeriod = 10_000;

export function statusCard({ store, host }: Context): Part {
  const name = element('h1');
  const about = element('p', { class: 'about' });
  const mark = element('span', { class: 'verdict-mark' });
  const words = element('span', { class: 'verdict-words' });
  const verdictLine = element('p', { class: 'verdict' }, mark, words);
  const log = button({ label: t('Show Log'), onClick: () => withRun(({ id }) => host.command({ name: 'showLog', runId: id })) });
  const place = button({
    label: t('Go to Line'),
    onClick: () =>
      withRun(({ state }) => {
        if (state.kind === 'ended' && state.end.kind === 'bad-input' && state.end.position)
          host.command({ name: 'reveal', ...state.end.position });
      }),
  });
  const cures = element('div', { class: 'cures' }, place.element, log.element);
  const notes = element('ul', { class: 'notes' });
  const bar = element('div', { class: 'progress', role: 'progressbar', 'aria-label': t('Steps'), 'aria-valuemin': '0' }, element('i'));
  const figures = figureNames.map((label) => ({ label, value: element('dd', {}, unknown) }));
  const list = element('dl', {}, ...figures.map(({ label, value }) => element('div', {}, element('dt', {}, t(label)), value)));
  const live = element('p', { class: 'sr-only', role: 'status', 'aria-live': 'polite' });
  const root = element(
    'section',
    { class: 'status', 'aria-label': t('Run') },
    element('div', { class: 'identity' }, name, about),
    verdictLine,
    cures,
    notes,
    bar,
    list,
    live,
  );
  let shownMark = '';
  let announced = -Infinity;
  let saidState = '';

  function withRun(act: (run: RunView) => void): void {
    const run = activeRun(store.state);
    if (run) act(run);
  }

  const render = (state: PageState): void => {
    const run = activeRun(state);
    const frame = run && frameOf(state, run);
    const verdict: Verdict = run
      ? verdictOf(run, frame)
      : { status: 'info', text: state.refusal ?? t('Nothing has been fitted yet. Press Fit to start.') };
    setText(name, run?.info?.energy ?? state.energy?.name ?? 'Unblind');
    setText(about, run ? aboutRun(run) : (state.energy?.file.split(/[/\\]/).at(-1) ?? ''));
    about.title = run?.info ? `${run.info.file}\n${run.info.executorDetail}` : '';
    if (shownMark !== verdict.status) {
      shownMark = verdict.status;
      mark.replaceChildren(icon(verdict.status));
      verdictLine.className = `verdict ${verdict.status}`;
    }
    setText(words, verdict.text);
    const ended = run?.state.kind === 'ended' ? run.state : undefined;
    const failed = run !== undefined && hasFailed(run);
    cures.hidden = !failed;
    place.element.hidden = !(ended?.end.kind === 'bad-input' && ended.end.position);
    const said = ended?.notes ?? [];
    if (notes.dataset['shows'] !== said.join('\n')) {
      notes.dataset['shows'] = said.join('\n');
      notes.replaceChildren(...said.map((note) => element('li', {}, note)));
      notes.hidden = said.length === 0;
    }
    notes.hidden = said.length === 0;
    const values = figureTexts(state, run);
    figures.forEach(({ value, label }) => setText(value, values[label]));
    const share = run ? Math.min(1, Math.max(0, run.progress.step / run.steps)) : 0;
    const fill = bar.firstElementChild;
    if (fill instanceof HTMLElement) fill.style.transform = `scaleX(${share})`;
    bar.setAttribute('aria-valuemax', String(run?.steps ?? 0));
    bar.setAttribute('aria-valuenow', String(run?.progress.step ?? 0));
    announce(run, verdict);
  };

  function announce(run: RunView | undefined, verdict: Verdict): void {
    const kind = `${run?.id ?? ''} ${run?.state.kind ?? ''} ${verdict.status}`;
    const now = performance.now();
    if (kind === saidState && now - announced < announcePeriod) return;
    saidState = kind;
    announced = now;
    setText(live, run ? `${stateWords(run)}. ${verdict.text}` : verdict.text);
  }
  return { root, render };
}

function aboutRun(run: RunView): string {
  const { info } = run;
  const parts = [objectiveWords[run.objective]];
  if (info) {
    if (run.objective.startsWith('mfd')) parts.push(`β ${info.settings.beta}`);
    parts.push(t('seed {0}', info.seed), info.executor, info.dataDescription);
  }
  return `${stateWords(run)} · ${parts.join(' · ')}`;
}

function stateWords(run: RunView): string {
  switch (run.state.kind) {
    case 'stage':
      return t('Working');
    case 'running':
      return t('Running');
    case 'paused':
      return t('Paused');
    case 'stopping':
      return t('Stopping');
    case 'ended':
      return run.state.end.kind === 'done' ? t('Done') : run.state.end.kind === 'stopped' ? t('Stopped') : t('Failed');
  }
}

/** A measured value; one that is no number is said to be none. */
function figure(value: number, format: (value: number) => string): string {
  return Number.isFinite(value) ? format(value) : t('not finite');
}

function figureTexts(state: PageState, run: RunView | undefined): Readonly<Record<(typeof figureNames)[number], string>> {
  const frame = run && frameOf(state, run);
  const { step = 0, stepsPerSecond = Number.NaN, secondsLeft = Number.NaN } = run?.progress ?? {};
  const moving = isRunning(run);
  return {
    Step: run ? `${formatFixed(step, 0)} / ${formatFixed(run.steps, 0)}` : unknown,
    Speed: Number.isFinite(stepsPerSecond) && stepsPerSecond > 0 ? `${formatNumber(stepsPerSecond, 3)} /s` : unknown,
    'Time left': moving && Number.isFinite(secondsLeft) ? formatSeconds(secondsLeft) : unknown,
    KL: frame?.kl == null ? unknown : figure(frame.kl, formatSmall),
    'log Z': frame?.logZ == null ? unknown : figure(frame.logZ, (value) => formatWithError(value, frame.logZStdErr)),
    'Negative mass': frame?.negativeMass == null ? unknown : figure(frame.negativeMass, formatSmall),
  };
}
