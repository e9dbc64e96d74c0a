/** The model on a plane through a point of its space, where there are more than two dimensions. */

import { gridPoints } from '../../diagnose/points';
import type { FrameSlice, SliceView } from '../../shared/protocol';
import { arrowCells, type Box, gridOn, pictureCells } from './boxes';
import { correctedDensity, correctedScore, type PictureOptions } from './pictures';

/** Numbers that the rows of a slice may hold together: very wide spaces get coarser pictures. */
const mostNumbers = 4e6;
const leastCells = 32;

export interface SliceOptions extends PictureOptions {
  /** What is shown of each coordinate, standardised. */
  readonly box: Box;
  /** log p of standardised rows in the user's units, where it is known. */
  readonly truth: (rows: Float64Array) => Float64Array | undefined;
}

/** Whether the view is one of a space of so many dimensions. */
export function fitsView({ axes, point }: SliceView, dim: number): boolean {
  return dim > 2 && point.length === dim && axes.every((axis) => axis < dim) && axes[0] !== axes[1];
}

/** Points of the plane, row-major [n, 2], as rows of the space that it lies in. */
function embed(points: Float64Array, [first, second]: readonly [number, number], origin: Float64Array): Float64Array {
  const dim = origin.length;
  const count = points.length / 2;
  const rows = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) {
    rows.set(origin, i * dim);
    rows[i * dim + first] = points[2 * i]!;
    rows[i * dim + second] = points[2 * i + 1]!;
  }
  return rows;
}

/** Density and score on the plane of a view that fits, in the user's units; the caller owns the arrays. */
export async function sliceOf(view: SliceView, options: SliceOptions): Promise<FrameSlice> {
  const { standardization, box, truth } = options;
  const { mean, scale } = standardization;
  const { axes } = view;
  const dim = mean.length;
  const origin = Float64Array.from(view.point, (v, j) => (v - mean[j]!) / scale[j]!);
  const cells = Math.max(leastCells, Math.min(pictureCells[2], Math.floor(Math.sqrt(mostNumbers / dim))));
  const plane = { low: axes.map((axis) => box.low[axis]!), high: axes.map((axis) => box.high[axis]!) };
  const grid = gridOn(plane, { 1: cells, 2: cells });
  const rows = embed(gridPoints(grid).points, axes, origin);
  const arrows = gridOn(plane, arrowCells);
  const score = await correctedScore(embed(gridPoints(arrows).points, axes, origin), options);
  const alongAxes = Float32Array.from({ length: (2 * score.length) / dim }, (_, k) => score[Math.floor(k / 2) * dim + axes[k % 2]!]!);
  const exact = truth(rows);
  return {
    view,
    density: {
      shape: [cells, cells],
      extent: axes.flatMap((axis) => [box.low[axis]! * scale[axis]! + mean[axis]!, box.high[axis]! * scale[axis]! + mean[axis]!]),
      values: await correctedDensity(rows, options),
    },
    score: { shape: [...[...arrows.cells].reverse(), 2], values: alongAxes },
    truth: exact && Float32Array.from(exact, Math.exp),
  };
}
