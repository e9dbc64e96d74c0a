/** Weights of the modes, and whether the objective sees them. */

import { createCard } from './card';
import { createChartCanvas } from './chartCanvas';
import { type Context, fileName, type Part, rememberTable } from './context';
import { drawModeBars, labelOf, modeBarsHeight, modeRows } from './modeBars';
import { runsShown } from './planesModel';
import { savePicture } from './save';
import { activeRun, frameOf, type PageState } from './state';
import type { Table } from './tables';
import { runColour } from './theme';
import { t } from './words';

/** More bars than this are left to the table. */
const mostRows = 30;

export function modesCard(context: Context): Part {
  const { store, host } = context;
  const chart = createChartCanvas(context.redraw, false);
  const card = createCard({
    id: 'modes',
    title: t('Mode weights'),
    tools: [],
    body: [chart.root],
    save: (format) => {
      const picture = chart.last();
      if (picture) savePicture(host, fileName(store.state, 'mode-weights'), format, picture, context.theme());
    },
    saveCsv: (content) => host.post({ type: 'save', name: fileName(store.state, 'mode-weights'), format: 'csv', content }),
    onTable: rememberTable(context),
  });
  const render = (state: PageState): void => {
    const theme = context.theme();
    const shown = runsShown(state);
    const runs = shown.map((run) => ({ modes: frameOf(state, run)?.modes ?? [], colour: runColour(theme, state.runs.indexOf(run)) }));
    const rows = modeRows(runs, theme.data).slice(0, mostRows);
    card.setPlaceholder(
      rows.length > 0
        ? undefined
        : shown.length > 0
          ? t('No modes were found in the data.')
          : t('The share of each mode, data beside model, appears here.'),
    );
    if (rows.length === 0) return;
    const names = [t('data'), ...(shown.length === 1 ? [t('model')] : shown.map(({ label }) => label))].map((label, index) => ({
      label,
      colour: index === 0 ? theme.data : (runs[index - 1]?.colour ?? ''),
    }));
    chart.draw(
      (width) => ({ width, height: modeBarsHeight(rows), paint: (surface) => drawModeBars(surface, width, rows, theme, names) }),
      t(
        'Bars: weights of {0} modes in the data and in {1}. The table has the numbers.',
        rows.length,
        shown.map(({ label }) => label).join(', '),
      ),
      theme,
    );
    card.setTables(() => [modeTable(store.state)], state.ui.openTables.includes('modes'));
  };
  return { root: card.root, render };
}

/** One row a mode and run. */
export function modeTable(state: PageState): Table {
  const active = activeRun(state);
  const dim = active?.info?.dim ?? 0;
  const axes = Array.from({ length: Math.min(dim, 8) }, (_, axis) => t('centre {0}', axis + 1));
  return {
    caption: t('Weights of the modes'),
    columns: [t('mode'), t('run'), ...axes, t('weight'), t('standard error'), t('weight in the data'), t('its standard error')],
    rows: runsShown(state).flatMap((run) =>
      (frameOf(state, run)?.modes ?? []).map((mode) => [
        labelOf(mode),
        run.label,
        ...axes.map((_, axis) => mode.center[axis] ?? null),
        mode.weight,
        mode.weightStdErr,
        mode.dataWeight,
        mode.dataWeightStdErr,
      ]),
    ),
  };
}
