/** The loss and the KL over the steps. */

import { formatFixed } from '../src/shared/plot/numberFormat';
import { Chart } from 'chart.js';
import { createCard } from './card';
import { type Context, fileName, type Part, rememberTable } from './context';
import { checkbox, slider } from './controls';
import { element, setText } from './dom';
import { type LossChart, lossConfiguration, lossView } from './lossChart';
import { lossPicture } from './lossPicture';
import { notFinite } from './lossData';
import { savePicture } from './save';
import type { PageState } from './state';
import type { Table } from './tables';
import type { Theme } from './theme';
import type { UiState } from './uiState';
import { t } from './words';

/** What the chart was made of. */
interface Drawn {
  readonly runs: PageState['runs'];
  readonly ui: UiState;
  readonly theme: Theme;
}

export function lossCard(context: Context): Part {
  const { store, host } = context;
  const canvas = element('canvas', { role: 'img' });
  const box = element('div', { class: 'loss-box' }, canvas);
  const smoothing = slider(t('Smoothing'), 100, (value) => store.dispatch({ type: 'ui', changes: { smoothing: value } }));
  const logSteps = checkbox(t('log step'), (on) => store.dispatch({ type: 'ui', changes: { logSteps: on } }));
  const logLoss = checkbox(t('log loss'), (on) => store.dispatch({ type: 'ui', changes: { logLoss: on } }));
  const gaps = element('p', { class: 'loss-gaps', role: 'note' });
  let chart: LossChart | undefined;
  let drawn: Drawn | undefined;
  const card = createCard({
    id: 'loss',
    title: t('Loss'),
    tools: [],
    body: [
      element(
        'div',
        { class: 'toggles' },
        element('label', { class: 'smoothing' }, t('Smoothing'), smoothing.element),
        logSteps.element,
        logLoss.element,
      ),
      box,
      gaps,
    ],
    save: (format) => {
      if (chart)
        savePicture(
          host,
          fileName(store.state, 'loss'),
          format,
          lossPicture(
            chart,
            store.state.runs.map(({ label }) => label),
            context.theme(),
          ),
          context.theme(),
        );
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, 'loss'), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const render = (state: PageState): void => {
    const { ui, runs } = state;
    smoothing.set(ui.smoothing);
    logSteps.set(ui.logSteps);
    logLoss.set(ui.logLoss);
    const empty = runs.every(({ loss }) => loss.length === 0);
    card.setPlaceholder(empty ? t('The loss appears here from the first step.') : undefined);
    card.setTables(() => lossTables(store.state), ui.openTables.includes('loss'));
    if (empty) return;
    const theme = context.theme();
    // A frame alone does not change the loss.
    if (drawn && isSame(drawn, { runs, ui, theme })) return;
    drawn = { runs, ui, theme };
    setText(gaps, runs.flatMap(gapWords).join(' '));
    gaps.hidden = gaps.textContent === '';
    const configuration = lossConfiguration(lossView(runs, ui, theme), ui, theme);
    if (chart) {
      chart.data = configuration.data;
      if (configuration.options) chart.options = configuration.options;
      chart.update('none');
    } else chart = new Chart(canvas, configuration);
    canvas.setAttribute(
      'aria-label',
      t(
        runs.some(({ kl }) => kl.length > 0)
          ? 'Lines: objective and KL over the steps of {0}. The table has the numbers.'
          : 'Lines: objective over the steps of {0}. The table has the numbers.',
        runs.map(({ label }) => label).join(', '),
      ),
    );
  };
  return { root: card.root, render };
}

/** What the line leaves out: losses that are not finite have no place on it. */
export function gapWords({ label, loss }: PageState['runs'][number]): string[] {
  const { count, first } = notFinite(loss);
  if (first === undefined) return [];
  return [t('{0}: the objective is not finite at {1} of {2} points, first at step {3}.', label, count, loss.length, formatFixed(first, 0))];
}

function isSame(a: Drawn, b: Drawn): boolean {
  const sameUi = a.ui.smoothing === b.ui.smoothing && a.ui.logSteps === b.ui.logSteps && a.ui.logLoss === b.ui.logLoss;
  if (!sameUi || a.theme !== b.theme || a.runs.length !== b.runs.length) return false;
  return a.runs.every((run, index) => run.loss === b.runs[index]?.loss && run.kl === b.runs[index].kl && run.label === b.runs[index].label);
}

/** The loss of each run, and its KL where it is known. */
export function lossTables(state: PageState): readonly Table[] {
  return state.runs.flatMap(({ label, loss, kl }): Table[] => [
    {
      caption: t('Objective of {0}', label),
      columns: [t('step'), t('objective'), t('gradient norm')],
      rows: Array.from({ length: loss.length }, (_, index) => [
        loss.steps[index] ?? null,
        loss.losses[index] ?? null,
        loss.gradientNorms[index] ?? null,
      ]),
    },
    ...(kl.length > 0
      ? [{ caption: t('KL of {0}', label), columns: [t('step'), t('KL')], rows: kl.map((point) => [point.step, point.kl]) }]
      : []),
  ]);
}
