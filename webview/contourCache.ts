import { contourLines } from '../src/shared/plot/contours';
import { type Grid, reduceGrid } from '../src/shared/plot/grid';
import type { Line } from './surface';

/** Where contours run, as shares of the top of the colour scale: closer near zero, so that a light mode shows beside a heavy one. */
export const contourShares = [0.03, 0.1, 0.25, 0.5, 0.75] as const;

/** Contours of one grid, in the grid's units: x, y, x, y, ... of each line. */
export interface Contours {
  readonly share: number;
  readonly lines: readonly Line[];
}

const known = new WeakMap<object, { readonly top: number; readonly contours: readonly Contours[] }>();

/** Contours of a grid whose colours reach to `top`; found once for each array of values, then remembered. */
export function contoursOf(grid: Grid, top: number): readonly Contours[] {
  const key = grid.values;
  const before = known.get(key);
  if (before?.top === top) return before.contours;
  const coarse = reduceGrid(grid, 128);
  const contours = contourShares.map((share) => ({ share, lines: contourLines(coarse, share * top).map((line) => line.flat()) }));
  known.set(key, { top, contours });
  return contours;
}
