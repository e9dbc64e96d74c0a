import type { Executor } from '../../executors/executor';
import { checkedRows, DiagnoseError } from '../diagnoseError';
import { assign } from './assignment';
import { squaredDistance } from './pairs';
import { type Order, sinkhorn } from './sinkhorn';

/** Sets up to this size are compared exactly. */
export const mostExactPoints = 2000;

/** Rows less their mean. */
function centred(x: Float64Array, dim: number): Float64Array {
  const mean = new Float64Array(dim);
  x.forEach((v, i) => {
    mean[i % dim]! += (v * dim) / x.length;
  });
  return x.map((v, i) => v - mean[i % dim]!);
}

/** Distances to the power p between all rows, row-major [n, n]. */
function costs(x: Float64Array, y: Float64Array, dim: number, order: Order): Float64Array {
  const n = x.length / dim;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const squared = squaredDistance(x, i, y, j, dim);
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
  // Shifting a set adds a term of rows and one of columns to squared distances, which changes no assignment, but its search.
  const columns = order === 2 ? assign(costs(centred(x, dim), centred(y, dim), dim, 2), n) : assign(costs(x, y, dim, 1), n);
  let total = 0;
  columns.forEach((j, i) => {
    const squared = squaredDistance(x, i, y, j, dim);
    total += order === 2 ? squared : Math.sqrt(squared);
  });
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
