/** What the sampler says of itself over its steps. */

import { Chart } from 'chart.js';
import { createCard } from '../card';
import { chartPicture } from '../chartPicture';
import { type Context, fileName, type Part, rememberTable } from '../context';
import { dropdown } from '../controls';
import { element } from '../dom';
import { savePicture } from '../save';
import type { PageState } from '../state';
import type { Table } from '../tables';
import type { Theme } from '../theme';
import { t } from '../words';
import { figureLabel, figurePoints, type FiguresChart, figuresConfiguration, knownFigures } from './figuresChart';
import type { SampleSeries } from './sampleSeries';

/** The figure that is shown; undefined where there is none. */
export function figureShown({ sampling, ui }: PageState): string | undefined {
  const names = sampling ? knownFigures(sampling.history) : [];
  return names.find((name) => name === ui.figure) ?? names[0];
}

export function figuresCard(context: Context): Part {
  const { store, host } = context;
  const canvas = element('canvas', { role: 'img' });
  const chooser = dropdown(t('Figure'), (figure) => store.dispatch({ type: 'ui', changes: { figure } }));
  let chart: FiguresChart | undefined;
  let drawn: { readonly history: SampleSeries; readonly name: string; readonly theme: Theme } | undefined;
  const card = createCard({
    id: 'figures',
    title: t('Figures'),
    tools: [element('div', { class: 'coordinates' }, chooser.element)],
    body: [element('div', { class: 'loss-box' }, canvas)],
    save: (format) => {
      const theme = context.theme();
      const names = { legend: [], left: figureLabel(figureShown(store.state) ?? ''), right: undefined };
      if (chart) savePicture(host, fileName(store.state, 'figures'), format, chartPicture(chart, names, theme), theme);
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, 'figures'), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const render = (state: PageState): void => {
    const history = state.sampling?.history;
    const name = figureShown(state);
    card.setPlaceholder(
      history && name !== undefined
        ? undefined
        : history && history.length > 0
          ? t('This sampler has no figures of its own.')
          : t('Acceptance, step size and the like appear here from the first step.'),
    );
    if (!history || name === undefined) return;
    chooser.set(
      name,
      knownFigures(history).map((value) => ({ value, label: figureLabel(value) })),
    );
    card.setTables(() => figuresTable(store.state), state.ui.openTables.includes('figures'));
    const theme = context.theme();
    // A frame alone does not change the figures.
    if (drawn?.history === history && drawn.name === name && drawn.theme === theme) return;
    drawn = { history, name, theme };
    const configuration = figuresConfiguration(figurePoints(history, name), name, theme);
    if (chart) {
      chart.data = configuration.data;
      if (configuration.options) chart.options = configuration.options;
      chart.update('none');
    } else chart = new Chart(canvas, configuration);
    canvas.setAttribute('aria-label', t('Line: {0} over the steps. The table has the numbers.', figureLabel(name)));
  };
  return { root: card.root, render };
}

function figuresTable({ sampling }: PageState): readonly Table[] {
  if (!sampling) return [];
  const { history } = sampling;
  const names = knownFigures(history);
  return [
    {
      caption: t('Figures of the sampler'),
      columns: [t('step'), ...names.map(figureLabel)],
      rows: Array.from({ length: history.length }, (_, i) => [
        history.steps[i] ?? null,
        ...names.map((name) => finiteOrNull(history.figures[name]?.[i])),
      ]),
    },
  ];
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
