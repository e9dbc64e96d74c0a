import type { Executor } from '../../executors/executor';
import { checkedRows, DiagnoseError } from '../diagnoseError';
import { assign } from './assignment';
import { type Order, sinkhorn } from './sinkhorn';

/** Sets up to this size are compared exactly. */
export const mostExactPoints = 2000;

/** Distances to the power p between all rows, row-major [n, n]. */
function costs(x: Float64Array, y: Float64Array, dim: number, order: Order): Float64Array {
  const n = x.length / dim;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let squared = 0;
      for (let k = 0; k < dim; k++) squared += (x[i * dim + k]! - y[j * dim + k]!) ** 2;
      out[i * n + j] = order === 2 ? squared : Math.sqrt(squared);
    }
  }
  return out;
}

/**
 * W_p of two sets of equally many points [n, dim]: (least mean of |x_i - y_s(i)|^p over all permutations s)^(1/p). Exact.
 * @throws DiagnoseError where the sets differ in size, or are empty or not finite
 */
export function wassersteinExact(x: Float64Array, y: Float64Array, dim: number, order: Order): number {
  const n = checkedRows('The first set', x, dim, 1);
  if (checkedRows('The second set', y, dim, 1) !== n) {
    throw new DiagnoseError('sizes', `An exact assignment needs two sets of one size, not ${n} and ${y.length / dim} points.`);
  }
  const cost = costs(x, y, dim, order);
  const total = assign(cost, n).reduce((t, j, i) => t + cost[i * n + j]!, 0);
  return (total / n) ** (1 / order);
}

export interface Wasserstein {
  readonly value: number;
  readonly method: 'assignment' | 'sinkhorn';
  /** Length that the Sinkhorn distance smooths away; 0 where the distance is exact. */
  readonly blur: number;
  readonly converged: boolean;
}

/**
 * W_p of two sets of points: exact for sets of one size up to 2,000 points, else the debiased Sinkhorn distance. Print it beside
 * its floor (floor.ts): it is far from zero for two samples of one distribution.
 * @throws DiagnoseError where a set is empty or not finite
 */
export async function wasserstein(executor: Executor, x: Float64Array, y: Float64Array, dim: number, order: Order): Promise<Wasserstein> {
  const n = checkedRows('The first set', x, dim, 1);
  const m = checkedRows('The second set', y, dim, 1);
  if (n === m && n <= mostExactPoints) {
    return { value: wassersteinExact(x, y, dim, order), method: 'assignment', blur: 0, converged: true };
  }
  const { value, blur, converged } = await sinkhorn(executor, x, y, dim, order);
  return { value, method: 'sinkhorn', blur, converged };
}
