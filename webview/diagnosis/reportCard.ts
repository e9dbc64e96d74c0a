/** The lines of the blindness report. */

import type { Part } from '../context';
import { element } from '../dom';
import { statusList } from '../statusList';
import { t } from '../words';
import { recordOf } from './diagnosisState';

export function reportCard(): Part {
  const list = statusList(t('Report'));
  const notes = element('ul', { class: 'notes' });
  const root = element(
    'section',
    { class: 'card', id: 'report', 'aria-labelledby': 'report-title' },
    element('header', {}, element('h2', { id: 'report-title' }, t('Report'))),
    list.root,
    notes,
  );
  return {
    root,
    render: (state) => {
      const record = recordOf(state);
      if (!record) return;
      list.set(record.lines);
      notes.hidden = record.notes.length === 0;
      const said = record.notes.join('\n');
      if (notes.dataset['shows'] === said) return;
      notes.dataset['shows'] = said;
      notes.replaceChildren(...record.notes.map((note) => element('li', {}, note)));
    },
  };
}
