import { checkedRows } from '../diagnoseError';
import { sumAcross, sumWithin } from './pairs';

/**
 * The energy distance 2 E|x - y| - E|x - x'| - E|y - y'| of the empirical distributions (V-statistics; Szekely and Rizzo 2013,
 * "Energy statistics", equation 2.1) of x, [n, dim], and y, [m, dim]. Never negative but for rounding. O((n + m)^2).
 * @throws DiagnoseError where a set is empty or not finite
 */
export function energyDistance(x: Float64Array, y: Float64Array, dim: number): number {
  const n = checkedRows('The first set', x, dim, 1);
  const m = checkedRows('The second set', y, dim, 1);
  return (2 * sumAcross(x, y, dim, Math.sqrt)) / (n * m) - sumWithin(x, dim, Math.sqrt) / (n * n) - sumWithin(y, dim, Math.sqrt) / (m * m);
}
