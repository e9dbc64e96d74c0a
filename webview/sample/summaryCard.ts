/** What the particles of a run that has ended are worth. */

import { formatSeconds } from '../../src/shared/plot/numberFormat';
import type { Part } from '../context';
import { element, setText } from '../dom';
import type { PageState } from '../state';
import { statusList } from '../statusList';
import { t } from '../words';
import { sampleFindings } from './findings';
import { asSentenceStart } from './optionFields';

export function summaryCard(): Part {
  const list = statusList(t('Summary'));
  const warnings = element('ul', { class: 'warnings', 'aria-label': t('Warnings') });
  const time = element('p', { class: 'note' });
  const placeholder = element('p', { class: 'placeholder' }, t('Temperature, agreement of chains and log Z appear here at the end.'));
  const root = element(
    'section',
    { class: 'card', id: 'summary', 'aria-labelledby': 'summary-title' },
    element('header', {}, element('h2', { id: 'summary-title' }, t('Summary'))),
    placeholder,
    list.root,
    warnings,
    time,
  );
  const render = ({ sampling }: PageState): void => {
    const summary = sampling?.summary;
    placeholder.hidden = summary !== undefined;
    for (const part of [list.root, time]) part.hidden = summary === undefined;
    warnings.hidden = !summary || summary.warnings.length === 0;
    if (!summary) return;
    list.set(sampleFindings(summary, sampling.sampler));
    const said = summary.warnings.join('\n');
    if (warnings.dataset['shows'] !== said) {
      warnings.dataset['shows'] = said;
      warnings.replaceChildren(...summary.warnings.map((warning) => element('li', {}, asSentenceStart(warning))));
    }
    setText(time, t('Took {0}.', formatSeconds(summary.seconds)));
  };
  return { root, render };
}
