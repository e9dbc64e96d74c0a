/** The verdict of a diagnosis in a colour, a sign and words, with what to do next; or how far it is. */

import { formatNumber } from '../../src/shared/plot/numberFormat';
import type { Context, Part } from '../context';
import { button } from '../controls';
import { element, icon, setText } from '../dom';
import type { PageState } from '../state';
import { t } from '../words';
import { advisedFit, advisedSampling } from './advisedRuns';
import { bannerContent } from './bannerContent';
import { recordOf } from './diagnosisState';

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
  const sample = button({
    label: t('Sample by parallel tempering'),
    icon: 'play',
    look: 'primary',
    onClick: () => {
      const record = recordOf(store.state);
      const settings = record && advisedSampling(record, store.state.sampleSettings);
      if (!settings) return;
      store.dispatch({ type: 'sampleSettings', changes: settings });
      host.command({ name: 'sample', settings });
      store.dispatch({ type: 'ui', changes: { tab: 'sample' } });
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
    element('div', { class: 'toolbar' }, fit.element, sample.element, first.element, again.element, cancel.element, place.element),
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
    sample.element.hidden = !(record && advisedSampling(record, state.sampleSettings));
    first.element.hidden = kind !== undefined;
    again.element.hidden = kind !== 'done' && kind !== 'failed';
    for (const each of [sample, first, again]) each.set({ disabled: refused, title: state.refusal ?? '' });
    cancel.element.hidden = kind !== 'stage';
    place.element.hidden = !(state.diagnosis?.state.kind === 'failed' && state.diagnosis.state.position);
  };
  return { root, render };
}
