/** What is at a place of the main view, in words. */

import { formatFixed, formatNumber } from '../src/shared/plot/numberFormat';
import { axesIn, axisName, modelGrid, scoreField, truthGrid, cellAt, valueAt } from './fields';
import { activeRun, frameOf, type PageState } from './state';

export function readOut(state: PageState, x: number, y: number): string {
  const run = activeRun(state);
  if (!run?.info) return '';
  const frame = frameOf(state, run);
  if (run.info.dim === 1) return onLine(state, x);
  const [first, second] = axesIn(run.info.dim, state.ui.axes);
  const parts = [`${axisName(first)} ${formatFixed(x, 2)}, ${axisName(second)} ${formatFixed(y, 2)}`];
  const grid = modelGrid(frame);
  const truth = truthGrid(run.info, frame);
  const density = grid && valueAt(grid, x, y);
  const exact = truth && valueAt(truth, x, y);
  if (density !== undefined) parts.push(`density ${formatNumber(density, 3)}`);
  if (exact !== undefined) parts.push(`truth ${formatNumber(exact, 3)}`);
  const score = scoreField(frame);
  if (score) {
    const { values, ...lattice } = score;
    const cell = cellAt(lattice, x, y);
    const [dx, dy] = cell === undefined ? [] : [values[2 * cell], values[2 * cell + 1]];
    if (dx !== undefined && dy !== undefined) parts.push(`score (${formatNumber(dx, 3)}, ${formatNumber(dy, 3)})`);
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
  if (density !== undefined) parts.push(`density ${formatNumber(density, 3)}`);
  if (truth !== undefined) parts.push(`truth ${formatNumber(truth, 3)}`);
  if (score !== undefined) parts.push(`score ${formatNumber(score, 3)}`);
  return parts.join(' · ');
}
