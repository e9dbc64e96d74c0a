import { distributionOf } from '../../data/distributions';
import type { DataSpec } from '../../data/spec';
import type { Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import type { GaussianMixture } from '../../samplers/mixtureTarget';
import { Random } from '../../shared/random';
import { boxAround, widened } from '../fit/boxes';

const compared = 512;
/** float32 of a log density, relative to its size. Own choice. */
const tolerance = 1e-3;

/**
 * The Gaussian mixture that a density is, if it is that of its data: their log densities differ by a constant at draws of the
 * mixture and at points all over a box around them. A mode that is nowhere near these points would be missed.
 */
export async function exactMixture(executor: Executor, target: Target, data: DataSpec | null): Promise<GaussianMixture | undefined> {
  if (data?.kind !== 'gaussianMixture') return undefined;
  const distribution = distributionOf(data);
  const { dim } = distribution;
  const random = new Random(0).split('compare');
  const draws = distribution.sample(random, compared);
  const { low, high } = widened(boxAround(draws, dim), 0.5);
  const rows = new Float64Array(2 * compared * dim);
  rows.set(draws);
  for (let i = draws.length; i < rows.length; i++) {
    const [from = 0, to = 0] = [low[i % dim], high[i % dim]];
    rows[i] = from + (to - from) * random.uniform();
  }
  // As float32 both see the same points.
  const points = Float64Array.from(Float32Array.from(rows));
  const own = await RowFunction.create(executor, dim, (x) => [target.logDensity(x)], 2 * compared);
  try {
    const [values = new Float64Array()] = await own.at(points);
    const truth = distribution.logDensity(points);
    const differences = values.map((value, i) => value - (truth[i] ?? 0));
    const constant = differences.slice(0, compared).sort()[compared >> 1] ?? 0;
    const same = differences.every((difference, i) => Math.abs(difference - constant) <= tolerance * (1 + Math.abs(truth[i] ?? 0)));
    return same ? data : undefined;
  } finally {
    await own.dispose();
  }
}
