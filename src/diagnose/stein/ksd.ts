/**
 * The kernel Stein discrepancy of a sample from a density known up to a constant, and the test of fit it gives (Liu, Lee and
 * Jordan 2016; Chwialkowski, Strathmann and Gretton 2016). It does not see missing modes that are far from the sample, nor the
 * weights of separated modes: see perturbedKsd.ts.
 */

import type { Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import type { Random } from '../../shared/random';
import { checkedRows, DiagnoseError } from '../diagnoseError';
import type { SteinKernelId } from './kernels';
import { medianBandwidth } from '../medianBandwidth';
import { ModelRows } from './modelRows';
import { type Dependence, multipliers, pValueOf } from './multipliers';
import { SteinSums } from './steinSums';

export interface KsdOptions {
  readonly kernel?: SteinKernelId;
  /** l of the kernel; the median of the distances where it is left out. */
  readonly bandwidth?: number;
  /** Draws of the wild bootstrap; 0 for no p-value. The smallest p-value is 1 / (draws + 1). */
  readonly draws?: number;
  readonly dependence?: Dependence;
}

export interface KsdResult {
  /** Squared KSD without bias; may be negative. */
  readonly uStatistic: number;
  /** Squared KSD of the empirical distribution; never negative but for rounding. */
  readonly vStatistic: number;
  /** Probability of such a U-statistic where the sample is from the model; 1 without draws. */
  readonly pValue: number;
  readonly bandwidth: number;
  readonly kernel: SteinKernelId;
}

export const defaultDraws = 500;

/** @throws DiagnoseError ('setting') for numbers that no test has */
export function checkKsdOptions({ bandwidth, draws, dependence }: KsdOptions): void {
  if (bandwidth !== undefined && !(bandwidth > 0 && bandwidth < Infinity)) {
    throw new DiagnoseError('setting', `The bandwidth must be a positive number, not ${bandwidth}.`);
  }
  if (draws !== undefined && !(Number.isInteger(draws) && draws >= 0)) {
    throw new DiagnoseError('setting', `The number of bootstrap draws must be a whole number, not ${draws}.`);
  }
  if (dependence?.kind === 'chain' && !(dependence.flip > 0 && dependence.flip <= 0.5)) {
    throw new DiagnoseError('setting', `The flip probability must be above 0 and at most 0.5, not ${dependence.flip}.`);
  }
}

/**
 * KSD of points [n, dim] from the target, n >= 2. `random` decides the bootstrap, and above 1,000 points the subset for the
 * median; both from streams of their own.
 * @throws DiagnoseError where points or scores are not finite, points are fewer than two, or a setting makes no sense
 */
export async function ksd(
  executor: Executor,
  target: Target,
  points: Float64Array,
  random: Random,
  options: KsdOptions = {},
): Promise<KsdResult> {
  checkKsdOptions(options);
  const { kernel = 'imq', draws = defaultDraws, dependence = { kind: 'independent' } } = options;
  const { dim } = target;
  const n = checkedRows('The sample', points, dim, 2);
  const bandwidth = options.bandwidth ?? medianBandwidth(points, dim, random.split('bandwidth'));
  const model = await ModelRows.create(executor, target, n);
  const sums = await SteinSums.create(executor, n, dim, draws + 1, kernel);
  try {
    const scores = await model.scores(points);
    const weights = multipliers(n, draws, dependence, random.split('bootstrap'));
    const { pairs, diagonal } = await sums.of({ dim, points, scores }, bandwidth, weights);
    return {
      uStatistic: pairs[0]! / (n * (n - 1)),
      vStatistic: (pairs[0]! + diagonal) / (n * n),
      pValue: pValueOf(pairs),
      bandwidth,
      kernel,
    };
  } finally {
    await sums.dispose();
    await model.dispose();
  }
}
