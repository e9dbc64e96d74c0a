/** Weights of the modes, and whether the objective sees them. */

import type { Context, Part } from './context';
import { drawModeBars, labelOf, modeBarsHeight, modeRows } from './modeBars';
import { pictureCard } from './pictureCard';
import { runsShown } from './planesModel';
import { activeRun, frameOf, type PageState } from './state';
import type { Table } from './tables';
import { runColour } from './theme';
import { t } from './words';

/** More bars than this are left to the table. */
const mostRows = 30;

export function modesCard(context: Context): Part {
  const card = pictureCard(context, { id: 'modes', title: t('Mode weights'), file: 'mode-weights' });
  const render = (state: PageState): void => {
    const theme = context.theme();
    const shown = runsShown(state);
    const runs = shown.map((run) => ({ modes: frameOf(state, run)?.modes ?? [], colour: runColour(theme, state.runs.indexOf(run)) }));
    const rows = modeRows(runs, theme.data).slice(0, mostRows);
    if (rows.length === 0) {
      card.show(
        state,
        shown.length > 0 ? t('No modes were found in the data.') : t('The share of each mode, data beside model, appears here.'),
      );
      return;
    }
    const names = [t('data'), ...(shown.length === 1 ? [t('model')] : shown.map(({ label }) => label))].map((label, index) => ({
      label,
      colour: index === 0 ? theme.data : (runs[index - 1]?.colour ?? ''),
    }));
    card.show(state, {
      layout: (width) => ({ width, height: modeBarsHeight(rows), paint: (surface) => drawModeBars(surface, width, rows, theme, names) }),
      label: t(
        'Bars: weights of {0} modes in the data and in {1}. The table has the numbers.',
        rows.length,
        shown.map(({ label }) => label).join(', '),
      ),
      tables: (now) => [modeTable(now)],
    });
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
