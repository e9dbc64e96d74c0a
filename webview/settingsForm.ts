/** What the next fit is asked for. */

import type { PanelSettings } from '../src/shared/panelProtocol';
import { formatFixed } from '../src/shared/plot/numberFormat';
import { objectiveNames } from '../src/shared/settings';
import type { Context, Part } from './context';
import { dropdown, type DropdownControl, textField } from './controls';
import { element, setText } from './dom';
import { numberFields, parseField } from './settingFields';
import { objectiveWords } from './words';
import type { PageState } from './state';

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
    return { field, control, row: element('div', { class: 'field', title: field.help }, control.element) };
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
    executor.set(settings.executor, [{ value: 'auto', label: 'automatic' }, ...executors]);
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

/** A menu with its name above it, which it says itself. */
function labelled(label: string, control: DropdownControl): HTMLElement {
  return element('div', { class: 'field' }, element('span', { 'aria-hidden': 'true' }, label), control.element);
}
