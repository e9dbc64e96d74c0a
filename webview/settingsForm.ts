/** What the next fit is asked for. */

import type { PanelSettings } from '../src/shared/panelProtocol';
import { formatFixed } from '../src/shared/plot/numberFormat';
import { objectiveNames } from '../src/shared/settings';
import type { Context, Part } from './context';
import { dropdown, type FieldControl, textField } from './controls';
import { element, setText } from './dom';
import { objectiveWords } from './words';
import type { PageState } from './state';

/** A number that the form sets, one record each. */
interface NumberField {
  readonly key: 'beta' | 'mixingWidth' | 'steps' | 'learningRate' | 'seed';
  readonly label: string;
  readonly help: string;
  readonly whole: boolean;
  readonly fits: (value: number) => boolean;
  readonly complaint: string;
}

const numberFields: readonly NumberField[] = [
  {
    key: 'beta',
    label: 'Beta',
    help: 'Weight of the data in the bridged density',
    whole: false,
    fits: (value) => value > 0 && value < 1,
    complaint: 'Between 0 and 1.',
  },
  {
    key: 'mixingWidth',
    label: 'Mixing width',
    help: 'Standard deviation of a Gaussian mixing density, in those of the data; empty takes the file’s',
    whole: false,
    fits: (value) => value > 0 && value <= 100,
    complaint: 'Above 0, or empty.',
  },
  {
    key: 'steps',
    label: 'Steps',
    help: 'Optimiser steps',
    whole: true,
    fits: (value) => value >= 1 && value <= 1e8,
    complaint: 'A whole number from 1.',
  },
  {
    key: 'learningRate',
    label: 'Rate',
    help: 'Step size of the optimiser at the start',
    whole: false,
    fits: (value) => value > 0 && value <= 10,
    complaint: 'Above 0, at most 10.',
  },
  {
    key: 'seed',
    label: 'Seed',
    help: 'Of all random numbers of the run',
    whole: true,
    fits: (value) => Number.isSafeInteger(value),
    complaint: 'A whole number.',
  },
];

/** The number that a text means to a field, or the sentence on why it means none; null is an empty field that may be. */
export function parseField(field: NumberField, text: string): number | null | string {
  if (text === '') return field.key === 'mixingWidth' ? null : field.complaint;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && (!field.whole || Number.isInteger(value)) && field.fits(value) ? value : field.complaint;
}

export function fieldOf(key: NumberField['key']): NumberField {
  return numberFields.find((field) => field.key === key)!;
}

export function settingsForm({ store, host }: Context): Part {
  const change = (changes: Partial<PanelSettings>): void => {
    store.dispatch({ type: 'settings', changes });
    host.command({ name: 'set', changes });
  };
  const objective = dropdown('Objective', (value) => {
    const chosen = objectiveNames.find((name) => name === value);
    if (chosen) change({ objective: chosen });
  });
  const executor = dropdown('Executor', (value) => change({ executor: value }));
  const fields = numberFields.map((field) => {
    const control = textField({
      label: field.label,
      check: (text) => {
        const parsed = parseField(field, text);
        return typeof parsed === 'string' ? parsed : undefined;
      },
      onCommit: (text) => {
        const parsed = parseField(field, text);
        if (typeof parsed !== 'string') change({ [field.key]: parsed });
      },
      ...(field.key === 'mixingWidth' ? { placeholder: 'as in the file' } : {}),
    });
    return { field, control, row: labelled(field.label, control, field.help) };
  });
  const summary = element('summary', {}, element('span', { class: 'summary-name' }, 'Settings'));
  let shownOpen = false;
  const brief = element('span', { class: 'brief' });
  summary.append(brief);
  const executorNote = element('p', { class: 'note' });
  const form = element(
    'div',
    { class: 'fields' },
    labelled('Objective', objective),
    ...fields.map(({ row }) => row),
    labelled('Executor', executor),
  );
  const root = element('details', { class: 'settings' }, summary, form, executorNote);
  root.addEventListener('toggle', () => {
    if (store.state.ui.settingsOpen !== root.open) store.dispatch({ type: 'ui', changes: { settingsOpen: root.open } });
  });
  const render = (state: PageState): void => {
    const { settings } = state;
    // The toggle event comes late: what the user has just opened must not be closed again.
    if (shownOpen !== state.ui.settingsOpen) {
      shownOpen = state.ui.settingsOpen;
      root.open = shownOpen;
    }
    objective.set(
      settings.objective,
      objectiveNames.map((name) => ({ value: name, label: objectiveWords[name] })),
    );
    const executors = state.executors.map(({ id, label, available, detail }) => ({
      value: id,
      label,
      disabled: !available,
      title: detail,
    }));
    executor.set(settings.executor, [{ value: 'auto', label: 'automatic: the fastest' }, ...executors]);
    const bridged = settings.objective.startsWith('mfd');
    for (const { field, control, row } of fields) {
      row.hidden = (field.key === 'beta' && !bridged) || (field.key === 'mixingWidth' && !(bridged && state.offersMixingWidth));
      const value = settings[field.key];
      control.set(value === null ? '' : String(value));
    }
    setText(executorNote, state.executors.find(({ id }) => id === settings.executor)?.detail ?? '');
    setText(
      brief,
      [
        objectiveWords[settings.objective],
        ...(bridged ? [`β ${settings.beta}`] : []),
        `${formatFixed(settings.steps, 0)} steps`,
        `rate ${settings.learningRate}`,
        `seed ${settings.seed}`,
      ].join(' · '),
    );
  };
  return { root, render };
}

function labelled(label: string, control: Pick<FieldControl, 'element'>, help?: string): HTMLElement {
  // The control says its label itself; clicking on the words need not do anything.
  return element(
    'div',
    { class: 'field', ...(help === undefined ? {} : { title: help }) },
    element('span', { 'aria-hidden': 'true' }, label),
    control.element,
  );
}
