/** The head of a run: its name, a verdict, how far it is, and its figures. */

import type { PanelRunState } from '../src/shared/panelProtocol';
import { button } from './controls';
import { element, icon, setText } from './dom';
import type { Verdict } from './verdict';
import { t } from './words';

/** What a screen reader is told at the most every so many milliseconds while numbers change. */
const announcePeriod = 10_000;

/** What a head shows. */
export interface HeaderContent {
  readonly name: string;
  readonly about: string;
  /** What a pointer that rests on it reads. */
  readonly aboutTitle: string;
  readonly verdict: Verdict;
  /** Undefined before there is a run. */
  readonly run: { readonly id: string; readonly state: PanelRunState } | undefined;
  readonly failed: boolean;
  readonly step: number;
  /** Undefined where it is not known how many there are. */
  readonly steps: number | undefined;
  readonly figures: readonly string[];
}

export interface RunHeader {
  readonly root: HTMLElement;
  readonly set: (content: HeaderContent) => void;
}

/** @param onPlace,onLog what the buttons do that a failed run has */
export function runHeader(options: {
  readonly label: string;
  readonly figureNames: readonly string[];
  readonly onPlace: () => void;
  readonly onLog: () => void;
}): RunHeader {
  const name = element('h1');
  const about = element('p', { class: 'about' });
  const mark = element('span', { class: 'verdict-mark' });
  const words = element('span', { class: 'verdict-words' });
  const verdictLine = element('p', { class: 'verdict' }, mark, words);
  const log = button({ label: t('Show Log'), onClick: options.onLog });
  const place = button({ label: t('Go to Line'), onClick: options.onPlace });
  const cures = element('div', { class: 'cures' }, place.element, log.element);
  const notes = element('ul', { class: 'notes' });
  const bar = element('div', { class: 'progress', role: 'progressbar', 'aria-label': t('Steps'), 'aria-valuemin': '0' }, element('i'));
  const figures = options.figureNames.map((label) => ({ label, value: element('dd', {}, '–') }));
  const list = element('dl', {}, ...figures.map(({ label, value }) => element('div', {}, element('dt', {}, label), value)));
  const live = element('p', { class: 'sr-only', role: 'status', 'aria-live': 'polite' });
  const root = element(
    'section',
    { class: 'status', 'aria-label': options.label },
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

  function announce({ run, verdict }: HeaderContent): void {
    const kind = `${run?.id ?? ''} ${run?.state.kind ?? ''} ${verdict.status}`;
    const now = performance.now();
    if (kind === saidState && now - announced < announcePeriod) return;
    saidState = kind;
    announced = now;
    setText(live, run ? `${stateWords(run.state)}. ${verdict.text}` : verdict.text);
  }

  const set = (content: HeaderContent): void => {
    const { verdict, run, step, steps } = content;
    setText(name, content.name);
    setText(about, content.about);
    about.title = content.aboutTitle;
    if (shownMark !== verdict.status) {
      shownMark = verdict.status;
      mark.replaceChildren(icon(verdict.status));
      verdictLine.className = `verdict ${verdict.status}`;
    }
    setText(words, verdict.text);
    const ended = run?.state.kind === 'ended' ? run.state : undefined;
    cures.hidden = !content.failed;
    place.element.hidden = !(ended?.end.kind === 'bad-input' && ended.end.position);
    const said = ended?.notes ?? [];
    if (notes.dataset['shows'] !== said.join('\n')) {
      notes.dataset['shows'] = said.join('\n');
      notes.replaceChildren(...said.map((note) => element('li', {}, note)));
    }
    notes.hidden = said.length === 0;
    figures.forEach(({ value }, index) => setText(value, content.figures[index] ?? '–'));
    const fill = bar.firstElementChild;
    const share = steps === undefined ? 0 : Math.min(1, Math.max(0, step / Math.max(1, steps)));
    if (fill instanceof HTMLElement) fill.style.transform = `scaleX(${share})`;
    bar.setAttribute('aria-valuemax', String(steps ?? 0));
    bar.setAttribute('aria-valuenow', String(step));
    announce(content);
  };
  return { root, set };
}

/** What a run is doing, in a word. */
export function stateWords(state: PanelRunState): string {
  if (state.looksOn === true) return t('Looking on');
  switch (state.kind) {
    case 'stage':
      return t('Working');
    case 'running':
      return t('Running');
    case 'paused':
      return t('Paused');
    case 'stopping':
      return t('Stopping');
    case 'ended':
      return state.end.kind === 'done' ? t('Done') : state.end.kind === 'stopped' ? t('Stopped') : t('Failed');
  }
}
