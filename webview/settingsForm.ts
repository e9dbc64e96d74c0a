/** What the next fit is asked for. */

import type { PanelSettings } from '../src/shared/panelProtocol';
import { formatFixed } from '../src/shared/plot/numberFormat';
import { mixingChoices, objectiveNames } from '../src/shared/settings';
import type { Context, Part } from './context';
import { dropdown, type DropdownControl, textField } from './controls';
import { element, setText } from './dom';
import { numberFields, parseField } from './settingFields';
import { mixingWords, objectiveWords, t } from './words';
import type { PageState } from './state';

export function settingsForm({ store, host }: Context): Part {
  const change = (changes: Partial<PanelSettings>): void => {
    store.dispatch({ type: 'settings', changes });
    host.command({ name: 'set', changes });
  };
  const objective = dropdown(t('Objective'), (value) => {
    const chosen = objectiveNames.find((name) => name === value);
    if (chosen) change({ objective: chosen });
  });
  const mixing = dropdown(t('Mixing density'), (value) => {
    const chosen = mixingChoices.find((name) => name === value);
    // A width belongs to the kind of density that it was chosen for.
    if (chosen) change({ mixing: chosen, mixingWidth: 0 });
  });
  const executor = dropdown(t('Executor'), (value) => change({ executor: value }));
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
      ...(field.key === 'mixingWidth' ? { placeholder: t('fitted to the data') } : {}),
    });
    return { field, control, row: element('div', { class: 'field', title: field.help }, control.element) };
  });
  const summary = element('summary', {}, element('span', { class: 'summary-name' }, t('Settings')));
  let shownOpen = false;
  /** Which executors work is found out for those who look at them: it takes a process some seconds. */
  let asked = false;
  const brief = element('span', { class: 'brief' });
  summary.append(brief);
  const executorNote = element('p', { class: 'note' });
  const mixingRow = labelled(t('Mixing density'), mixing);
  const form = element(
    'div',
    { class: 'fields' },
    labelled(t('Objective'), objective),
    mixingRow,
    ...fields.map(({ row }) => row),
    labelled(t('Executor'), executor),
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
    executor.set(settings.executor, [{ value: 'auto', label: t('automatic') }, ...executors.filter(({ value }) => value !== 'auto')]);
    const bridged = settings.objective.startsWith('mfd');
    mixingRow.hidden = !bridged;
    mixing.set(
      settings.mixing,
      mixingChoices.map((name) => ({ value: name, label: mixingWords[name] })),
    );
    for (const { field, control, row } of fields) {
      row.hidden = (field.key === 'beta' && !bridged) || (field.key === 'mixingWidth' && !(bridged && settings.mixing !== 'file'));
      const value = settings[field.key];
      control.set(field.key === 'mixingWidth' && value === 0 ? '' : String(value));
    }
    setText(executorNote, executorWords(state).join(' '));
    if (root.open && !asked && state.hydrated) {
      asked = true;
      host.post({ type: 'survey' });
    }
    setText(
      brief,
      [
        objectiveWords[settings.objective],
        ...(bridged ? [`β ${settings.beta}`] : []),
        ...(bridged && settings.mixing !== 'file' ? [mixingBrief(settings)] : []),
        t('{0} steps', formatFixed(settings.steps, 0)),
        t('rate {0}', settings.learningRate),
        t('seed {0}', settings.seed),
      ].join(' · '),
    );
  };
  return { root, render };
}

function mixingBrief({ mixing, mixingWidth }: PanelSettings): string {
  return mixingWidth === 0 ? mixingWords[mixing] : `${mixingWords[mixing]} × ${mixingWidth}`;
}

/** What the chosen executor is, and which cannot be used here and why. */
function executorWords({ executors, settings, surveyed }: PageState): string[] {
  const chosen = executors.find(({ id }) => id === settings.executor);
  const absent = executors.filter(({ available }) => !available);
  return [
    ...(chosen ? [asSentence(chosen.available ? chosen.detail : `${chosen.label}: ${chosen.detail}`)] : []),
    ...(surveyed || absent.length > 0 ? [] : [t('Trying which executors work here…')]),
    ...absent.filter((other) => other !== chosen).map(({ label, detail }) => t('Not here: {0} ({1}).', label, detail.replace(/\.$/, ''))),
  ];
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** A menu with its name above it, which it says itself. */
function labelled(label: string, control: DropdownControl): HTMLElement {
  return element('div', { class: 'field' }, element('span', { 'aria-hidden': 'true' }, label), control.element);
}
