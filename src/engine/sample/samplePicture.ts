/** The density that a sampler is run on, as a picture. */

import { scored, type Target } from '../../data/target';
import { gridPoints } from '../../diagnose/points';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import type { SamplePicture } from '../../shared/sampleProtocol';
import { type Box, gridOn, union, widened } from '../fit/boxes';

/** Cells an axis of the picture, of its arrows, and of the looks at where the density is, by dimension. */
const densityCells = { 1: 256, 2: 128 } as const;
const scoreCells = { 1: 128, 2: 24 } as const;
const scanCells = { 1: 512, 2: 96 } as const;
/** Log density below its maximum from which on it is not drawn: four standard deviations of a Gaussian. */
const depth = 8;
/** Looks for more of the density beyond the edges, each at a box twice as wide: one without an integral would go on for ever. */
const widenings = 5;
const margin = 0.04;

type LogDensity = (rows: Float64Array) => Promise<Float64Array>;

/** The part of the box in which the density counts, whole cells; undefined where it counts nowhere. */
function part(box: Box, logDensity: Float64Array): Box | undefined {
  const axes = gridOn(box, scanCells);
  const largest = logDensity.reduce((a, b) => (b > a ? b : a), -Infinity);
  const [first, last] = [axes.cells.map((n) => n), axes.cells.map(() => -1)];
  const nx = axes.cells[0] ?? 1;
  logDensity.forEach((value, i) => {
    if (!(value > largest - depth)) return;
    [i % nx, Math.floor(i / nx)].slice(0, axes.cells.length).forEach((cell, j) => {
      first[j] = Math.min(first[j] ?? cell, cell);
      last[j] = Math.max(last[j] ?? cell, cell);
    });
  });
  if (last.some((cell) => cell < 0)) return undefined;
  const edge = (j: number, cell: number): number =>
    (box.low[j] ?? 0) + (cell * ((box.high[j] ?? 0) - (box.low[j] ?? 0))) / (axes.cells[j] ?? 1);
  return { low: first.map((cell, j) => edge(j, cell)), high: last.map((cell, j) => edge(j, cell + 1)) };
}

/** The box to draw: what was given, and of the density around it what counts. */
async function pictureBox(given: Box, logDensity: LogDensity): Promise<Box> {
  let box = widened(given, 0.5);
  for (let look = 0; ; look++) {
    const counts = part(box, await logDensity(gridPoints(gridOn(box, scanCells)).points));
    if (!counts) return widened(given, margin);
    const touches = box.low.some((low, j) => counts.low[j] === low || counts.high[j] === box.high[j]);
    if (!touches || look === widenings) return widened(union(given, counts), margin);
    const { low, high } = box;
    box = {
      low: low.map((l, j) => (counts.low[j] === l ? l - ((high[j] ?? 0) - l) / 2 : l)),
      high: high.map((h, j) => (counts.high[j] === h ? h + (h - (low[j] ?? 0)) / 2 : h)),
    };
  }
}

/**
 * The density and its score on grids, in one or two dimensions. Values are exp(log density) scaled so that they integrate to 1 over
 * the picture: where it holds the density, which it does unless tails go on for ever, they are the normalised one.
 * @param given what must be seen besides the density: start, data, modes; a side without length is given one
 * @returns undefined above two dimensions, and where the density cannot be evaluated
 */
export async function samplePicture(executor: Executor, target: Target, given: Box): Promise<SamplePicture | undefined> {
  const { dim } = target;
  if (dim > 2) return undefined;
  const values = await RowFunction.create(executor, dim, (x) => [target.logDensity(x)]);
  const scores = await RowFunction.create(executor, dim, (x) => [scored(target, x).score], 1024);
  try {
    const logDensity: LogDensity = async (rows) => (await values.at(rows))[0] ?? new Float64Array();
    const box = await pictureBox(withLength(given), logDensity);
    const axes = gridOn(box, densityCells);
    const { points, weights } = gridPoints(axes);
    const logs = (await logDensity(points)).map((value) => (Number.isNaN(value) ? -Infinity : value));
    const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
    if (!Number.isFinite(largest)) return undefined;
    const heights = logs.map((value) => Math.exp(value - largest));
    const mass = heights.reduce((total, height, i) => total + height * (weights[i] ?? 0), 0);
    const coarse = gridOn(box, scoreCells);
    const [score = new Float64Array()] = await scores.at(gridPoints(coarse).points);
    return {
      density: {
        shape: [...axes.cells].reverse(),
        extent: box.low.flatMap((low, j) => [low, box.high[j] ?? low]),
        values: Float32Array.from(heights, (height) => height / mass),
      },
      score: { shape: [...[...coarse.cells].reverse(), dim], values: Float32Array.from(score) },
    };
  } finally {
    await values.dispose();
    await scores.dispose();
  }
}

function withLength({ low, high }: Box): Box {
  const short = low.map((l, j) => !((high[j] ?? l) - l > 0));
  return { low: low.map((l, j) => (short[j] ? l - 1 : l)), high: high.map((h, j) => (short[j] ? h + 1 : h)) };
}
