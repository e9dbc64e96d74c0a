/** Histograms of each coordinate. */

import { createCard } from './card';
import { createChartCanvas } from './chartCanvas';
import { type Context, fileName, type Part, rememberTable } from './context';
import { type Choice, dropdown } from './controls';
import { element } from './dom';
import { axisName } from './fields';
import { marginalAxes, marginalPlot, marginalsAtOnce } from './lineModel';
import { drawLinePlot, type LinePlot } from './lineView';
import { savePicture } from './save';
import { activeRun, type PageState } from './state';
import type { Cell, Table } from './tables';
import { t } from './words';

const [rowHeight, left, gap] = [176, 40, 18];

export function marginalsCard(context: Context): Part {
  const { store, host } = context;
  const chart = createChartCanvas(context.redraw, false);
  const legend = element('p', { class: 'legend' });
  for (const [mark, label] of [
    ['data bar', t('data')],
    ['particles-line', t('particles')],
    ['model-line', t('model')],
    ['truth-line', t('truth')],
  ] as const)
    legend.append(element('span', { class: mark }, element('i', { 'aria-hidden': 'true' }), label));
  const chooser = dropdown(t('Coordinates'), (value) => store.dispatch({ type: 'ui', changes: { marginals: Number(value) } }));
  const card = createCard({
    id: 'marginals',
    title: t('Marginals'),
    tools: [element('div', { class: 'coordinates' }, chooser.element)],
    body: [legend, chart.root],
    save: (format) => {
      const picture = chart.last();
      if (picture) savePicture(host, fileName(store.state, 'marginals'), format, picture, context.theme());
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, 'marginals'), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const render = (state: PageState): void => {
    const theme = context.theme();
    const dim = activeRun(state)?.info?.dim;
    card.root.hidden = dim === 1;
    chooser.element.hidden = dim === undefined || dim <= marginalsAtOnce;
    if (dim !== undefined && dim > marginalsAtOnce) chooser.set(String(groupOf(state, dim)), groups(dim));
    const plots = marginalAxes(state)
      .map((axis) => marginalPlot(state, axis, theme))
      .filter((plot) => plot !== undefined);
    card.setPlaceholder(plots.length > 0 && dim !== 1 ? undefined : t('Histograms of the data and the particles appear here.'));
    if (plots.length === 0 || dim === 1) return;
    const hasCurves = plots.some(({ curves }) => curves.some(({ dashed }) => !dashed));
    legend.classList.toggle('no-model', !hasCurves);
    legend.classList.toggle('no-truth', !plots.some(({ curves }) => curves.some(({ dashed }) => dashed)));
    legend.classList.toggle('no-particles', !plots.some(({ bars }) => bars.length > 1));
    legend.classList.toggle('one-run', state.runs.length === 1);
    chart.draw(
      (width) => {
        const across = Math.max(1, Math.min(plots.length, Math.floor(width / 210)));
        const side = (width - across * left - 10 - (across - 1) * gap) / across;
        return {
          width,
          height: Math.ceil(plots.length / across) * rowHeight,
          paint: (surface) => {
            plots.forEach((plot, index) => {
              const box = {
                left: left + (index % across) * (side + left + gap),
                top: Math.floor(index / across) * rowHeight + 22,
                width: side,
                height: rowHeight - 60,
              };
              drawLinePlot(surface, box, plot, theme);
            });
          },
        };
      },
      hasCurves
        ? t('Histograms of {0}: data, particles and the density of the model.', marginalAxes(state).map(axisName).join(', '))
        : t('Histograms of {0}: data and particles.', marginalAxes(state).map(axisName).join(', ')),
      theme,
    );
    card.setTables(() => tables(store.state, context), state.ui.openTables.includes('marginals'));
  };
  return { root: card.root, render };
}

function tables(state: PageState, context: Context): Table[] {
  return marginalAxes(state).flatMap((axis) => {
    const plot = marginalPlot(state, axis, context.theme());
    return plot ? [table(plot, axisName(axis), state)] : [];
  });
}

function groupOf({ ui }: PageState, dim: number): number {
  return ui.marginals >= 0 && ui.marginals < dim ? ui.marginals - (ui.marginals % marginalsAtOnce) : -1;
}

/** The axes of the picture, then all coordinates in groups. */
function groups(dim: number): readonly Choice[] {
  return [
    { value: '-1', label: t('axes shown') },
    ...Array.from({ length: Math.ceil(dim / marginalsAtOnce) }, (_, index) => {
      const first = index * marginalsAtOnce;
      const last = Math.min(dim, first + marginalsAtOnce) - 1;
      return { value: String(first), label: first === last ? axisName(first) : `${axisName(first)} – ${axisName(last)}` };
    }),
  ];
}

/** One row a bin of the data. */
function table({ bars, curves }: LinePlot, name: string, state: PageState): Table {
  const [data] = bars;
  const runs = state.runs.map(({ label }) => label);
  const particles = bars.slice(1);
  const rows = (data?.heights ?? []).map((height, bin): Cell[] => {
    const { low, high, heights } = data!;
    const x = low + ((bin + 0.5) / heights.length) * (high - low);
    const at = (values: ArrayLike<number>, from: number, to: number): Cell =>
      values[Math.floor(((x - from) / (to - from)) * values.length)] ?? null;
    return [
      x,
      height,
      ...particles.map((each) => at(each.heights, each.low, each.high)),
      ...curves.map((curve) => at(curve.values, curve.low, curve.high)),
    ];
  });
  let model = 0;
  const curveNames = curves.map(({ dashed }) => (dashed ? t('truth') : `${t('model')} ${runs[model++] ?? ''}`.trim()));
  return {
    caption: t('Densities of {0}', name),
    columns: [name, t('data'), ...particles.map((_, index) => `${t('particles')} ${runs[index] ?? ''}`.trim()), ...curveNames],
    rows,
  };
}
