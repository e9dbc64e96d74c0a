/** What is at a place of the main view, in words. */

import { formatFixed, formatNumber } from '../src/shared/plot/numberFormat';
import { axesIn, axisName, cellAt, valueAt } from './fields';
import { pictureOf } from './slice';
import { activeRun, frameOf, type PageState } from './state';
import { t } from './words';

export function readOut(state: PageState, x: number, y: number): string {
  const run = activeRun(state);
  if (!run?.info) return '';
  if (run.info.dim === 1) return onLine(state, x);
  const [first, second] = axesIn(run.info.dim, state.ui.axes);
  const parts = [`${axisName(first)} ${formatFixed(x, 2)}, ${axisName(second)} ${formatFixed(y, 2)}`];
  const { grid, truth, score } = pictureOf(state, run);
  const density = grid && valueAt(grid, x, y);
  const exact = truth && valueAt(truth, x, y);
  if (density !== undefined) parts.push(t('density {0}', formatNumber(density, 3)));
  if (exact !== undefined) parts.push(t('truth {0}', formatNumber(exact, 3)));
  if (score) {
    const { values, ...lattice } = score;
    const cell = cellAt(lattice, x, y);
    const [dx, dy] = cell === undefined ? [] : [values[2 * cell], values[2 * cell + 1]];
    if (dx !== undefined && dy !== undefined) parts.push(t('score {0}', `(${formatNumber(dx, 3)}, ${formatNumber(dy, 3)})`));
  }
  return parts.join(' · ');
}

function onLine(state: PageState, x: number): string {
  const run = activeRun(state);
  const frame = run && frameOf(state, run);
  const extent = frame?.density?.extent;
  const parts = [`x ${formatFixed(x, 2)}`];
  const at = (values: ArrayLike<number> | undefined): number | undefined =>
    values && extent ? values[Math.floor(((x - (extent[0] ?? 0)) / ((extent[1] ?? 1) - (extent[0] ?? 0))) * values.length)] : undefined;
  const density = at(frame?.density?.values);
  const truth = at(run?.info?.truth);
  const score = at(frame?.score?.values);
  if (density !== undefined) parts.push(t('density {0}', formatNumber(density, 3)));
  if (truth !== undefined) parts.push(t('truth {0}', formatNumber(truth, 3)));
  if (score !== undefined) parts.push(t('score {0}', formatNumber(score, 3)));
  return parts.join(' · ');
}
