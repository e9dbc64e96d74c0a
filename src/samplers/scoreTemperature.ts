import type { Executor } from '../executors/executor';
import { RowFunction } from '../executors/rowFunction';
import { directional } from '../graph/directional';
import type { Node } from '../graph/graph';
import { broadcastTo, fill, mul, square, sum } from '../graph/ops';
import type { Temperature } from './sampler';
import { evenlySpaced, temperatureOf } from './temperature';

/** Rows that are looked at: a score by Monte Carlo costs hundreds of densities a row. */
const mostRows = 1024;
const rowsPerCall = 128;

/**
 * The configurational temperature by a score alone: sum |s|^2 / -sum div s. It is 1 where particles are distributed as the density
 * that the score is of.
 * @param score [n, dim] at the rows of x, [n, dim]
 * @param points row-major [n, dim]
 */
export async function scoreTemperature(
  executor: Executor,
  dim: number,
  score: (x: Node) => Node,
  points: Float32Array,
): Promise<Temperature> {
  const rows = evenlySpaced(points, dim, mostRows);
  const at = await RowFunction.create(
    executor,
    dim,
    (x) => {
      const identity = x.graph.constant(
        Float64Array.from({ length: dim * dim }, (_, i) => (i % (dim + 1) === 0 ? 1 : 0)),
        [dim, 1, dim],
      );
      const s = score(x);
      const { first } = directional(s, new Map([[x, broadcastTo(identity, [dim, ...x.shape])]]), dim);
      const forces = sum(square(s), 1);
      return [forces, first ? sum(sum(mul(first, broadcastTo(identity, first.shape)), 2), 0) : fill(forces, 0)];
    },
    Math.min(rows.length / dim, rowsPerCall),
  );
  try {
    const [forces = new Float64Array(), divergences = new Float64Array()] = await at.at(rows);
    return temperatureOf(forces, divergences);
  } finally {
    await at.dispose();
  }
}
