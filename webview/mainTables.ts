/** The tables behind the main view. */

import type { Grid } from '../src/shared/plot/grid';
import { axesIn, axisName, cellAt, valueAt } from './fields';
import { pictureOf } from './slice';
import { activeRun, frameOf, type PageState } from './state';
import { runsShown, titleOf } from './planesModel';
import type { Cell, Table } from './tables';
import { t } from './words';

/** Of two dimensions the densities cell by cell, of more the particles. */
export function planeTables(state: PageState): readonly Table[] {
  const run = activeRun(state);
  const frame = run && frameOf(state, run);
  if (!run?.info || !frame) return [];
  const { grid, truth, score } = pictureOf(state, run);
  if (!grid)
    return runsShown(state).map((each) =>
      particleTable(titleOf(state, each), frameOf(state, each)?.particles ?? new Float32Array(), run.info?.dim ?? 1),
    );
  const names = axesIn(run.info.dim, state.ui.axes).map(axisName);
  const others = runsShown(state).filter((each) => each !== run);
  const columns = [
    ...names,
    titleOf(state, run),
    ...others.map(({ label }) => label),
    ...(truth ? [t('truth')] : []),
    ...(score ? names.map((name) => t('score {0}', name)) : []),
  ];
  const rows: Cell[][] = [];
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const [x, y] = centre(grid, column, row);
      const cell = score && cellAt(score, x, y);
      rows.push([
        x,
        y,
        grid.values[row * grid.columns + column] ?? null,
        ...others.map((other) => at(pictureOf(state, other).grid, x, y)),
        ...(truth ? [truth.values[row * grid.columns + column] ?? null] : []),
        ...(score ? (cell === undefined ? [null, null] : [score.values[2 * cell] ?? null, score.values[2 * cell + 1] ?? null]) : []),
      ]);
    }
  }
  return [{ caption: t('Density at cell centres, step {0}', frame.step), columns, rows }];
}

function centre({ extent, columns, rows }: Grid, column: number, row: number): readonly [number, number] {
  return [
    extent.left + ((column + 0.5) / columns) * (extent.right - extent.left),
    extent.bottom + ((row + 0.5) / rows) * (extent.top - extent.bottom),
  ];
}

function at(grid: Grid | undefined, x: number, y: number): Cell {
  return (grid && valueAt(grid, x, y)) ?? null;
}

/** Rows [n, dim] as they are. */
export function particleTable(title: string, rows: Float32Array, dim: number): Table {
  const columns = Array.from({ length: dim }, (_, axis) => axisName(axis));
  return {
    caption: t('Particles: {0}', title),
    columns,
    rows: Array.from({ length: rows.length / dim }, (_, index) => [...rows.subarray(index * dim, (index + 1) * dim)]),
  };
}

/** Density, truth and score along the line. */
export function lineTables(state: PageState): readonly Table[] {
  const run = activeRun(state);
  const frame = run && frameOf(state, run);
  if (!run?.info || !frame?.density) return run?.info && frame ? [particleTable(run.label, frame.particles, 1)] : [];
  const { values, extent } = frame.density;
  const [low = 0, high = 1] = extent;
  const { truth } = run.info;
  const score = frame.score?.values;
  const rows = Array.from(values, (value, index): Cell[] => [
    low + ((index + 0.5) / values.length) * (high - low),
    value,
    ...(truth ? [truth[index] ?? null] : []),
    ...(score ? [score[Math.floor((index * score.length) / values.length)] ?? null] : []),
  ]);
  return [
    {
      caption: t('Density along x, step {0}', frame.step),
      columns: ['x', titleOf(state, run), ...(truth ? [t('truth')] : []), ...(score ? [t('score')] : [])],
      rows,
    },
  ];
}
