import type { Grid } from './grid';

type Point = readonly [number, number];

/**
 * Lines on which the grid takes the value `level`, by marching squares over the cell centres, in the grid's units. A line that closes ends where it began.
 * Saddles are resolved by the mean of the four corners.
 */
export function contourLines(grid: Grid, level: number): Point[][] {
  const { columns, rows, extent } = grid;
  const value = (column: number, row: number): number => {
    const found = grid.values[row * columns + column] ?? 0;
    return Number.isFinite(found) ? found : 0;
  };
  const x = (column: number): number => extent.left + ((column + 0.5) / columns) * (extent.right - extent.left);
  const y = (row: number): number => extent.bottom + ((row + 0.5) / rows) * (extent.top - extent.bottom);
  // An edge between two centres has one number: horizontal ones are even, vertical ones odd.
  const horizontal = (column: number, row: number): number => 2 * (row * columns + column);
  const vertical = (column: number, row: number): number => 2 * (row * columns + column) + 1;
  const links = new Map<number, number[]>();
  const link = (a: number, b: number): void => {
    links.set(a, [...(links.get(a) ?? []), b]);
    links.set(b, [...(links.get(b) ?? []), a]);
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const first = value(column, row) >= level;
      // Most cells lie on one side: skipping them early makes a live picture possible.
      if (
        first === value(column + 1, row) >= level &&
        first === value(column + 1, row + 1) >= level &&
        first === value(column, row + 1) >= level
      )
        continue;
      const corners = [value(column, row), value(column + 1, row), value(column + 1, row + 1), value(column, row + 1)];
      const edges = [horizontal(column, row), vertical(column + 1, row), horizontal(column, row + 1), vertical(column, row)];
      const inside = corners.map((corner) => corner >= level);
      const crossed = edges.filter((_, side) => inside[side] !== inside[(side + 1) % 4]);
      const [a, b, c, d] = crossed;
      if (a === undefined || b === undefined) continue;
      if (c === undefined || d === undefined) link(a, b);
      else {
        const middle = corners.reduce((sum, corner) => sum + corner, 0) / 4 >= level;
        // Four crossings: cut off the two corners that differ from the middle.
        if (middle === inside[0])
          [
            [a, b],
            [c, d],
          ].forEach(([from = a, to = b]) => link(from, to));
        else
          [
            [d, a],
            [b, c],
          ].forEach(([from = a, to = b]) => link(from, to));
      }
    }
  }
  const crossing = (edge: number): Point => {
    const cell = edge >> 1;
    const column = cell % columns;
    const row = Math.floor(cell / columns);
    const along = edge % 2 === 0;
    const from = value(column, row);
    const to = along ? value(column + 1, row) : value(column, row + 1);
    const share = (level - from) / (to - from);
    return along ? [x(column + share), y(row)] : [x(column), y(row + share)];
  };
  return chains(links).map((chain) => chain.map(crossing));
}

/** Follows the links from edge to edge; open lines first, so that none is begun in its middle. */
function chains(links: Map<number, number[]>): number[][] {
  const ends = [...links.keys()].filter((edge) => links.get(edge)?.length === 1);
  const found: number[][] = [];
  for (const start of [...ends, ...links.keys()]) {
    const chain = [start];
    let here = start;
    for (;;) {
      const next = links.get(here)?.pop();
      if (next === undefined) break;
      const back = links.get(next) ?? [];
      back.splice(back.indexOf(here), 1);
      chain.push(next);
      here = next;
    }
    if (chain.length > 1) found.push(chain);
  }
  return found;
}
