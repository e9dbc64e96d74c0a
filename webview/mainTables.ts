/** The tables behind the main view. */

import type { Grid } from '../src/shared/plot/grid';
import { axisName, modelGrid, scoreField, truthGrid, cellAt, valueAt } from './fields';
import { activeRun, frameOf, type PageState } from './state';
import { runsShown, titleOf } from './planesModel';
import type { Cell, Table } from './tables';

/** Of two dimensions the densities cell by cell, of more the particles. */
export function planeTables(state: PageState): readonly Table[] {
  const run = activeRun(state);
  const frame = run && frameOf(state, run);
  if (!run?.info || !frame) return [];
  const grid = modelGrid(frame);
  if (!grid)
    return runsShown(state).map((each) =>
      particleTable(titleOf(state, each), frameOf(state, each)?.particles ?? new Float32Array(), run.info?.dim ?? 1),
    );
  const truth = truthGrid(run.info, frame);
  const score = scoreField(frame);
  const others = runsShown(state).filter((each) => each !== run);
  const columns = [
    'x₁',
    'x₂',
    titleOf(state, run),
    ...others.map(({ label }) => label),
    ...(truth ? ['truth'] : []),
    ...(score ? ['score x₁', 'score x₂'] : []),
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
        ...others.map((other) => at(modelGrid(frameOf(state, other)), x, y)),
        ...(truth ? [truth.values[row * grid.columns + column] ?? null] : []),
        ...(score ? (cell === undefined ? [null, null] : [score.values[2 * cell] ?? null, score.values[2 * cell + 1] ?? null]) : []),
      ]);
    }
  }
  return [{ caption: `Density at cell centres, step ${frame.step}`, columns, rows }];
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

function particleTable(title: string, rows: Float32Array, dim: number): Table {
  const columns = Array.from({ length: dim }, (_, axis) => axisName(axis));
  return {
    caption: `Particles: ${title}`,
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
      caption: `Density along x, step ${frame.step}`,
      columns: ['x', titleOf(state, run), ...(truth ? ['truth'] : []), ...(score ? ['score'] : [])],
      rows,
    },
  ];
}
