/** The verdict of a diagnosis in a colour, a sign and words, with what to do next; or how far it is. */

import type { Verdict } from '../../src/shared/diagnosis';
import { formatNumber, formatSeconds } from '../../src/shared/plot/numberFormat';
import type { Context, Part } from '../context';
import { button } from '../controls';
import { element, icon, type IconName, setText } from '../dom';
import type { PageState } from '../state';
import { t } from '../words';
import { advisedFit } from './advisedFit';
import { recordOf } from './diagnosisState';

const verdicts: Readonly<Record<Verdict, { readonly look: string; readonly icon: IconName; readonly words: string }>> = {
  blind: { look: 'bad', icon: 'blind', words: t('Score matching is blind here') },
  sees: { look: 'good', icon: 'eye', words: t('Score matching sees the weights') },
  'cannot tell': { look: 'warn', icon: 'unknown', words: t('Cannot tell') },
};

interface BannerContent {
  readonly look: string;
  readonly icon: IconName;
  readonly title: string;
  readonly summary: string;
  readonly next: string;
  readonly about: string;
}

/** What the banner shows of the state. */
export function bannerContent(state: PageState): BannerContent {
  const { diagnosis, refusal, energy } = state;
  const empty = { summary: '', next: '', about: '' };
  if (!diagnosis) {
    const cannot = refusal ?? (energy ? undefined : t('There is no energy file to diagnose.'));
    const ask = t('Press Diagnose to find out whether score matching can tell how the mass is shared between the modes.');
    return { ...empty, look: 'info', icon: 'info', title: t('Nothing has been diagnosed yet'), summary: cannot ?? ask };
  }
  if (diagnosis.state.kind === 'stage')
    return { ...empty, look: 'info', icon: 'info', title: t('Diagnosing'), summary: `${diagnosis.state.text}…` };
  if (diagnosis.state.kind === 'failed')
    return { ...empty, look: 'bad', icon: 'bad', title: t('There is no diagnosis'), summary: diagnosis.state.words };
  const { record } = diagnosis.state.answer;
  const { look, icon: name, words } = verdicts[record.verdict];
  return {
    look,
    icon: name,
    title: words,
    summary: record.summary,
    next: record.next,
    about: [record.energy, record.subject, t('seed {0}', record.seed), record.executor, formatSeconds(record.seconds)].join(' · '),
  };
}

export function banner({ store, host }: Context): Part {
  const mark = element('span', { class: 'banner-mark', 'aria-hidden': 'true' });
  const title = element('h1');
  const summary = element('p', { class: 'banner-summary' });
  const next = element('p', { class: 'banner-next' });
  const about = element('p', { class: 'about' });
  const bar = element('div', { class: 'progress busy', role: 'progressbar', 'aria-label': t('Diagnosing') }, element('i'));
  const fit = button({
    label: t('Fit with MFD'),
    icon: 'play',
    look: 'primary',
    onClick: () => {
      const record = recordOf(store.state);
      const settings = record && advisedFit(record, store.state.settings);
      if (!settings) return;
      store.dispatch({ type: 'settings', changes: settings });
      host.command({ name: 'fit', settings });
      store.dispatch({ type: 'ui', changes: { tab: 'fit' } });
    },
  });
  const first = button({ label: t('Diagnose'), icon: 'play', look: 'primary', onClick: () => host.command({ name: 'diagnose' }) });
  const again = button({ label: t('Diagnose again'), icon: 'restart', onClick: () => host.command({ name: 'diagnose' }) });
  const cancel = button({ label: t('Cancel'), icon: 'stop', onClick: () => host.command({ name: 'cancelDiagnosis' }) });
  const place = button({
    label: t('Go to Line'),
    onClick: () => {
      const state = store.state.diagnosis?.state;
      if (state?.kind === 'failed' && state.position) host.command({ name: 'reveal', ...state.position });
    },
  });
  const root = element(
    'section',
    { class: 'banner', 'aria-label': t('Verdict') },
    mark,
    element('div', { class: 'banner-words', role: 'status', 'aria-live': 'polite' }, title, summary, next),
    bar,
    element('div', { class: 'toolbar' }, fit.element, first.element, again.element, cancel.element, place.element),
    about,
  );
  let shownMark = '';
  const render = (state: PageState): void => {
    const content = bannerContent(state);
    const kind = state.diagnosis?.state.kind;
    const look = `${content.look} ${content.icon}`;
    if (look !== shownMark) {
      shownMark = look;
      mark.replaceChildren(icon(content.icon));
      root.className = `banner ${content.look}`;
    }
    setText(title, content.title);
    setText(summary, content.summary);
    setText(next, content.next);
    setText(about, content.about);
    for (const [part, text] of [
      [next, content.next],
      [about, content.about],
    ] as const)
      part.hidden = text === '';
    bar.hidden = kind !== 'stage';
    const record = recordOf(state);
    const advised = record && advisedFit(record, state.settings);
    const refused = state.refusal !== undefined || !state.energy;
    fit.element.hidden = !advised;
    if (advised) fit.set({ label: t('Fit with MFD, β {0}', formatNumber(advised.beta, 2)), icon: 'play', disabled: refused });
    first.element.hidden = kind !== undefined;
    again.element.hidden = kind !== 'done' && kind !== 'failed';
    for (const each of [first, again]) each.set({ disabled: refused, title: state.refusal ?? '' });
    cancel.element.hidden = kind !== 'stage';
    place.element.hidden = !(state.diagnosis?.state.kind === 'failed' && state.diagnosis.state.position);
  };
  return { root, render };
}
