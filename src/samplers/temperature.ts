import { scored, type Target } from '../data/target';
import type { Executor } from '../executors/executor';
import { RowFunction } from '../executors/rowFunction';
import { directional } from '../graph/directional';
import { broadcastTo, expandDims, square, sum } from '../graph/ops';
import { fill } from '../graph/ops';
import type { Temperature } from './sampler';

/** Rows that are looked at: more would not show in the figure's digits. */
const mostRows = 4096;

/**
 * The configurational temperature of particles with respect to a density (Rugh 1997; Butler, Ayton, Jepps and Evans 1998):
 * T = sum |grad E|^2 / sum laplacian E. If the particles are distributed as exp(-E / T) it is T: 1 where they are
 * distributed as the target, above where a sampler's step heats them. It is local: like every function of the score it
 * cannot see how mass is shared between separated modes. The standard error takes the rows for independent (delta method).
 * @param points row-major [n, dim]; of more than 4096 rows, 4096 evenly spaced ones are used
 */
export async function configurationalTemperature(
  executor: Executor,
  target: Target,
  points: Float32Array | Float64Array,
): Promise<Temperature> {
  const { dim } = target;
  const rows = evenlySpaced(points, dim, mostRows);
  const at = await RowFunction.create(
    executor,
    dim,
    (x) => {
      const { logDensity, score } = scored(target, x);
      const { graph } = x;
      const identity = graph.constant(
        Float64Array.from({ length: dim * dim }, (_, i) => (i % (dim + 1) === 0 ? 1 : 0)),
        [dim, dim],
      );
      const directions = broadcastTo(expandDims(identity, 1), [dim, ...x.shape]);
      const laplacian = directional(logDensity, new Map([[x, directions]]), dim).second;
      return [sum(square(score), 1), laplacian ?? fill(logDensity, 0)];
    },
    Math.min(rows.length / dim, 1024),
  );
  try {
    const [forces = new Float64Array(), laplacians = new Float64Array()] = await at.at(rows);
    return temperatureOf(forces, laplacians);
  } finally {
    await at.dispose();
  }
}

/** At most `most` rows of [n, dim], evenly spaced. */
export function evenlySpaced(points: Float32Array | Float64Array, dim: number, most: number): Float64Array {
  const all = points.length / dim;
  const n = Math.min(all, most);
  return Float64Array.from({ length: n * dim }, (_, i) => points[Math.floor((Math.floor(i / dim) * all) / n) * dim + (i % dim)] ?? 0);
}

/**
 * The temperature from values at independent rows.
 * @param forces |grad log p|^2, [n]
 * @param laplacians of log p, [n]
 */
export function temperatureOf(forces: Float64Array, laplacians: Float64Array): Temperature {
  const numerator = forces.reduce((total, value) => total + value, 0);
  const denominator = laplacians.reduce((total, value) => total - value, 0);
  const value = numerator / denominator;
  const squares = forces.reduce((total, force, i) => total + (force + value * (laplacians[i] ?? 0)) ** 2, 0);
  return { value, standardError: Math.sqrt(squares) / Math.abs(denominator) };
}
