import type { Random } from '../../shared/random';
import { DiagnoseError } from '../diagnoseError';
import { studentQuantile } from './studentQuantile';

/** What a metric reads for two independent exact samples: nothing can do better at that size. */
export interface Floor {
  readonly mean: number;
  /** Where 95 of 100 further readings of exact samples would be, if they are normal. */
  readonly low: number;
  readonly high: number;
  /** One reading a repeat. */
  readonly values: readonly number[];
}

/** Draws n points, row-major [n, dim], of the exact distribution. */
export type Sampler = (random: Random, n: number) => Float64Array;

/** Two independent samples, row-major [n, dim]. */
export type Pair = readonly [Float64Array, Float64Array];

const defaultRepeats = 10;

/** The floor of a metric from its readings for pairs of independent samples. */
export async function floorOfPairs(
  metric: (x: Float64Array, y: Float64Array) => number | Promise<number>,
  pair: (random: Random) => Pair,
  random: Random,
  repeats = defaultRepeats,
): Promise<Floor> {
  if (!(Number.isInteger(repeats) && repeats >= 4))
    throw new DiagnoseError('setting', `A floor needs four repeats or more, not ${repeats}.`);
  const values: number[] = [];
  for (let k = 0; k < repeats; k++) {
    const [x, y] = pair(random.split(`floor ${k}`));
    values.push(await metric(x, y));
  }
  const mean = values.reduce((t, v) => t + v / repeats, 0);
  const deviation = Math.sqrt(values.reduce((t, v) => t + (v - mean) ** 2, 0) / (repeats - 1));
  const half = studentQuantile(0.975, repeats - 1) * deviation * Math.sqrt(1 + 1 / repeats);
  return { mean, low: mean - half, high: mean + half, values };
}

/**
 * The floor of a metric at a size: its readings for pairs of independent exact samples of n points each.
 * @param repeats pairs, four or more
 */
export function floor(
  metric: (x: Float64Array, y: Float64Array) => number | Promise<number>,
  sampler: Sampler,
  n: number,
  random: Random,
  repeats = defaultRepeats,
): Promise<Floor> {
  return floorOfPairs(metric, (draw) => [sampler(draw, n), sampler(draw, n)], random, repeats);
}
