import type { Random } from '../../shared/random';
import { checkedRows } from '../diagnoseError';
import { medianBandwidth } from '../medianBandwidth';
import { sumAcross, sumWithin } from './pairs';

/** Squared maximum mean discrepancy of two samples. */
export interface Mmd {
  /** Without bias; may be negative. */
  readonly u: number;
  /** Of the empirical distributions; never negative. */
  readonly v: number;
  readonly bandwidth: number;
}

/**
 * MMD^2 with k(x, y) = exp(-|x - y|^2 / (2 l^2)) (Gretton et al. 2012, "A Kernel Two-Sample Test", lemma 6 and equation 5) of x,
 * [n, dim], and y, [m, dim], of two points or more each. O((n + m)^2): 2,000 points each take about a tenth of a second.
 * @param bandwidth l, or the stream that decides the subset for the median distance of all points, where they are many
 * @throws DiagnoseError where a set is too small or not finite
 */
export function mmd(x: Float64Array, y: Float64Array, dim: number, bandwidth: number | Random): Mmd {
  const n = checkedRows('The first set', x, dim, 2);
  const m = checkedRows('The second set', y, dim, 2);
  const width = typeof bandwidth === 'number' ? bandwidth : medianBandwidth(joined(x, y), dim, bandwidth);
  const kernel = (squared: number): number => Math.exp(-squared / (2 * width * width));
  const [xx, yy, xy] = [sumWithin(x, dim, kernel), sumWithin(y, dim, kernel), sumAcross(x, y, dim, kernel)];
  const cross = (2 * xy) / (n * m);
  return {
    u: xx / (n * (n - 1)) + yy / (m * (m - 1)) - cross,
    v: (xx + n) / (n * n) + (yy + m) / (m * m) - cross,
    bandwidth: width,
  };
}

function joined(x: Float64Array, y: Float64Array): Float64Array {
  const out = new Float64Array(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  return out;
}
