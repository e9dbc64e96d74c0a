import type { Extent, Grid } from '../../shared/plot/grid';
import { viridis } from '../../shared/plot/viridis';
import type { NamedArray } from '../arrays';
import { pngDataUri } from './png';

/** An array [rows, columns] over an extent. */
export function gridOf(array: NamedArray, extent: Extent): Grid {
  return { rows: array.shape[0] ?? 0, columns: array.shape[1] ?? 0, extent, values: array.data };
}

/** The grid as a picture in viridis, zero the darkest and `top` and above the brightest. */
export function heatMapUri(grid: Grid, top: number): string {
  const rgb = new Uint8Array(grid.columns * grid.rows * 3);
  for (let row = 0; row < grid.rows; row++) {
    // Pictures begin at the top, grids at the bottom.
    const line = grid.rows - 1 - row;
    for (let column = 0; column < grid.columns; column++) {
      rgb.set(viridis((grid.values[row * grid.columns + column] ?? 0) / top), (line * grid.columns + column) * 3);
    }
  }
  return pngDataUri(grid.columns, grid.rows, rgb);
}
