/** Frames as grids. */

import { extentOf, type Grid } from '../src/shared/plot/grid';
import type { Frame, RunInfo } from '../src/shared/protocol';
import type { ScoreField } from '../src/shared/plot/arrows';

const grids = new WeakMap<Float32Array, Grid>();

/** The model's density, where the frame has one of the plane. */
export function modelGrid(frame: Frame | undefined): Grid | undefined {
  return frame?.density?.shape.length === 2 ? gridOf(frame.density.values, frame.density) : undefined;
}

/** The true density, on the grid of the frame. */
export function truthGrid(info: RunInfo | undefined, frame: Frame | undefined): Grid | undefined {
  if (!info?.truth || frame?.density?.shape.length !== 2 || info.truth.length !== frame.density.values.length) return undefined;
  return gridOf(info.truth, frame.density);
}

/** Values at cell centres as a grid; the same one for the same values. */
export function gridOf(values: Float32Array, { shape, extent }: Omit<NonNullable<Frame['density']>, 'values'>): Grid {
  const known = grids.get(values);
  if (known) return known;
  const grid = { rows: shape[0] ?? 0, columns: shape[1] ?? 0, extent: extentOf(extent), values };
  grids.set(values, grid);
  return grid;
}

export function scoreField(frame: Frame | undefined): ScoreField | undefined {
  if (!frame?.score || frame.density?.shape.length !== 2) return undefined;
  return scoreOn(frame.score, frame.density.extent);
}

/** A score over the extent of the density that it belongs to. */
export function scoreOn({ shape, values }: NonNullable<Frame['score']>, extent: readonly number[]): ScoreField {
  return { rows: shape[0] ?? 0, columns: shape[1] ?? 0, extent: extentOf(extent), values };
}

/** Value of a grid in the cell of a place; undefined outside. */
export function valueAt(grid: Grid, x: number, y: number): number | undefined {
  const cell = cellAt(grid, x, y);
  return cell === undefined ? undefined : grid.values[cell];
}

/** The row-major number of the cell of a place; undefined outside. */
export function cellAt({ columns, rows, extent }: Omit<Grid, 'values'>, x: number, y: number): number | undefined {
  const column = Math.floor(((x - extent.left) / (extent.right - extent.left)) * columns);
  const row = Math.floor(((y - extent.bottom) / (extent.top - extent.bottom)) * rows);
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : undefined;
}

/** Name of a coordinate: x₁ for 0. */
export function axisName(axis: number): string {
  return `x${Array.from(String(axis + 1), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')}`;
}

/** The two coordinates shown of so many. */
export function axesIn(dim: number, [first, second]: readonly [number, number]): readonly [number, number] {
  return dim > 2 && first < dim && second < dim ? [first, second] : [0, 1];
}
