import { type Cloud, cloudOf } from './cloud';
import type { ScoreField } from './fields/scoreField';
import { cellCentres, type GridAxes, gridPoints } from './points';

/** A box, one lower and one upper edge a coordinate. */
export interface Box {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Cells of one coordinate when a box is fitted, by dimension: 1, 2. */
const scanCells = [400, 64];
/** The density at the edge of the box is this far below its maximum, in log: exp(-40) = 4e-18. */
const depth = 40;
/** Widenings of a box, each to twice its width: heavy tails would go on for ever. */
const widenings = 4;
const crops = 3;

/** Lowest and highest cell of each coordinate in which the density counts. */
function extent(axes: GridAxes, logDensity: Float64Array): { first: number[]; last: number[] } {
  const largest = logDensity.reduce((a, b) => (b > a ? b : a), -Infinity);
  const first = axes.cells.map((n) => n - 1);
  const last = axes.cells.map(() => 0);
  const nx = axes.cells[0]!;
  logDensity.forEach((l, i) => {
    if (!(l > largest - depth)) return;
    [i % nx, Math.floor(i / nx)].slice(0, axes.cells.length).forEach((cell, j) => {
      first[j] = Math.min(first[j]!, cell);
      last[j] = Math.max(last[j]!, cell);
    });
  });
  return { first, last };
}

/**
 * A box of one or two dimensions that holds the density but for a share of exp(-40) of its maximum at the edges: widened from a
 * first guess that must hold some of the mass, then cropped. Tails beyond sixteen times the guess are left out.
 */
export async function fittedBox(field: ScoreField, guess: Box): Promise<Box> {
  const cells = guess.low.map(() => scanCells[field.dim - 1]!);
  let box = guess;
  for (let round = 0; round < widenings + crops; round++) {
    const axes = { ...box, cells };
    const { logDensity } = await field.at(gridPoints(axes).points);
    const { first, last } = extent(axes, logDensity);
    const touches = first.some((f) => f === 0) || last.some((l, j) => l === cells[j]! - 1);
    if (touches && round >= widenings) return box;
    const widths = box.low.map((l, j) => box.high[j]! - l);
    box = touches
      ? {
          low: box.low.map((l, j) => (first[j] === 0 ? l - widths[j]! / 2 : l)),
          high: box.high.map((h, j) => (last[j] === cells[j]! - 1 ? h + widths[j]! / 2 : h)),
        }
      : {
          low: box.low.map((l, j) => l + ((first[j]! - 1) * widths[j]!) / cells[j]!),
          high: box.low.map((l, j) => l + ((last[j]! + 2) * widths[j]!) / cells[j]!),
        };
  }
  return box;
}

/** The density by the midpoint rule on a box, the same number of cells in every coordinate. */
export async function gridCloud(field: ScoreField, box: Box, cells: number): Promise<Cloud> {
  const points = gridPoints({ ...box, cells: box.low.map(() => cells) });
  return cloudOf(points, await field.at(points.points));
}

/** Axes of a picture of the box: centres of its cells in each coordinate. */
export function pictureAxes(box: Box, cells: number): Float64Array[] {
  const axes = { ...box, cells: box.low.map(() => cells) };
  return box.low.map((_, j) => cellCentres(axes, j));
}
