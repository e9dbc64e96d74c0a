/** Values at the centres of the cells of a box, row 0 at the smallest y. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly extent: Extent;
  /** Row-major, `rows * columns`. Shared with the array it came from. */
  readonly values: ArrayLike<number>;
}

export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Four bounds, in the order of a snapshot's `extent`. */
export function extentOf(bounds: readonly number[]): Extent {
  const [left = 0, right = 1, bottom = 0, top = 1] = bounds;
  return { left, right, bottom, top };
}

/** Averages blocks of cells, so that neither side is longer than `most`. */
export function reduceGrid(grid: Grid, most: number): Grid {
  const block = Math.ceil(Math.max(grid.columns, grid.rows) / most);
  if (block <= 1) return grid;
  const columns = Math.ceil(grid.columns / block);
  const rows = Math.ceil(grid.rows / block);
  const values = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const target = Math.floor(row / block) * columns + Math.floor(column / block);
      values[target] = (values[target] ?? 0) + (grid.values[row * grid.columns + column] ?? 0);
      counts[target] = (counts[target] ?? 0) + 1;
    }
  }
  // Blocks at the far edges may hang over: the reduced grid then reaches a little further than the old one.
  const { left, right, bottom, top } = grid.extent;
  const extent = {
    left,
    right: left + ((right - left) * columns * block) / grid.columns,
    bottom,
    top: bottom + ((top - bottom) * rows * block) / grid.rows,
  };
  return { columns, rows, extent, values: values.map((sum, index) => sum / (counts[index] ?? 1)) };
}

/** Height over width of the box, kept between a half and one and a half so that every picture fits a page. */
export function aspectOf(extent: Extent): number {
  const aspect = (extent.top - extent.bottom) / (extent.right - extent.left);
  return Math.min(1.5, Math.max(0.5, aspect));
}
