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

/** More bars than this are left to the table. */
const mostRows = 30;

export function modesCard(context: Context): Part {
  const { store, host } = context;
  const chart = createChartCanvas(context.redraw, false);
  const card = createCard({
    id: 'modes',
    title: 'Mode weights',
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
          ? 'No modes were found in the data.'
          : 'The share of each mode, data beside model, appears here.',
    );
    if (rows.length === 0) return;
    const names = ['data', ...(shown.length === 1 ? ['model'] : shown.map(({ label }) => label))].map((label, index) => ({
      label,
      colour: index === 0 ? theme.data : (runs[index - 1]?.colour ?? ''),
    }));
    chart.draw(
      (width) => ({ width, height: modeBarsHeight(rows), paint: (surface) => drawModeBars(surface, width, rows, theme, names) }),
      `Bars: weights of ${rows.length} modes in the data and in ${shown.map(({ label }) => label).join(', ')}. The table has the numbers.`,
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
  const axes = Array.from({ length: Math.min(dim, 8) }, (_, axis) => `centre ${axis + 1}`);
  return {
    caption: 'Weights of the modes',
    columns: ['mode', 'run', ...axes, 'weight', 'standard error', 'weight in the data', 'its standard error'],
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
