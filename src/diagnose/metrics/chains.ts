/**
 * Convergence of Markov chains, for one scalar: rank-normalised split R-hat and effective sample sizes (Vehtari, Gelman, Simpson,
 * Carpenter and Buerkner 2021, "Rank-Normalization, Folding, and Localization: An Improved R-hat").
 */

import { checkFinite, DiagnoseError } from '../diagnoseError';
import { normalQuantile } from '../../shared/normalDistribution';

/** Values of one scalar, a chain an entry, all of one length of 4 or more. */
export type Chains = readonly Float64Array[];

function checked(chains: Chains): void {
  const [first] = chains;
  if (!first || first.length < 4) throw new DiagnoseError('too-few-points', 'Chains need four values or more each, and there must be one.');
  for (const [k, chain] of chains.entries()) {
    if (chain.length !== first.length)
      throw new DiagnoseError('sizes', `Chains have ${first.length} and ${chain.length} values; cut them to one length.`);
    checkFinite(`Chain ${k + 1}`, chain);
  }
}

/** First and last half of each chain; a middle value is left out. Shows drift within a chain. */
function split(chains: Chains): Float64Array[] {
  return chains.flatMap((chain) => {
    const half = chain.length >> 1;
    return [chain.subarray(0, half), chain.subarray(chain.length - half)];
  });
}

function mean(values: Float64Array): number {
  return values.reduce((t, v) => t + v, 0) / values.length;
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((t, v) => t + (v - centre) ** 2, 0) / (values.length - 1);
}

/** Mean variance within chains W, and the estimate var+ = (n - 1) / n W + B / n of the whole (equations 1 to 3). */
function variances(chains: Chains): { within: number; whole: number } {
  const n = chains[0]!.length;
  const within = mean(Float64Array.from(chains, variance));
  const between = chains.length > 1 ? variance(Float64Array.from(chains, mean)) : 0;
  return { within, whole: ((n - 1) / n) * within + between };
}

/** Normal scores of the ranks among all values (equation 14), ties at their average rank. */
function rankNormalised(chains: Chains): Float64Array[] {
  const n = chains[0]!.length;
  const all = Float64Array.from({ length: chains.length * n }, (_, i) => chains[Math.floor(i / n)]![i % n]!);
  const order = Uint32Array.from(all, (_, i) => i).sort((a, b) => all[a]! - all[b]!);
  const scores = new Float64Array(all.length);
  for (let begin = 0; begin < order.length;) {
    let end = begin;
    while (end < order.length && all[order[end]!] === all[order[begin]!]) end++;
    const rank = (begin + 1 + end) / 2;
    for (let k = begin; k < end; k++) scores[order[k]!] = normalQuantile((rank - 3 / 8) / (all.length + 1 / 4));
    begin = end;
  }
  return chains.map((_, k) => scores.slice(k * n, (k + 1) * n));
}

/** Distances from the median of all values: their R-hat shows chains that differ in scale. */
function folded(chains: Chains): Float64Array[] {
  const all = Float64Array.from(chains.flatMap((chain) => Array.from(chain))).sort();
  const half = all.length >> 1;
  const median = all.length % 2 === 1 ? all[half]! : (all[half - 1]! + all[half]!) / 2;
  return chains.map((chain) => chain.map((v) => Math.abs(v - median)));
}

function plainRHat(chains: Chains): number {
  const { within, whole } = variances(chains);
  if (whole === 0) return 1;
  return Math.sqrt(whole / within);
}

/**
 * Rank-normalised split R-hat: the larger of that of the values and that of their distances from the median. Near 1 where
 * chains agree; 1.01 is the usual limit. 1 where all values are equal, infinite where chains stand still at different values.
 * @throws DiagnoseError where chains are missing, shorter than four, of different lengths or not finite
 */
export function rHat(chains: Chains): number {
  checked(chains);
  const halves = split(chains);
  return Math.max(plainRHat(rankNormalised(halves)), plainRHat(rankNormalised(folded(halves))));
}

/** Autocovariance of a chain at a lag, over n (the biased estimate, as Geyer's rule needs it). */
function autocovariance(chain: Float64Array, centre: number, lag: number): number {
  let total = 0;
  for (let i = lag; i < chain.length; i++) total += (chain[i]! - centre) * (chain[i - lag]! - centre);
  return total / chain.length;
}

/** Effective sample size of the values of chains as they are (equations 10 to 13). */
function plainEss(chains: Chains): number {
  const n = chains[0]!.length;
  const total = n * chains.length;
  const { within, whole } = variances(chains);
  if (whole === 0) return total;
  const centres = chains.map(mean);
  const correlation = (lag: number): number => {
    const covariance = chains.reduce((t, chain, k) => t + autocovariance(chain, centres[k]!, lag), 0) / chains.length;
    return 1 - (within - (covariance * n) / (n - 1)) / whole;
  };
  // Geyer 1992: sums of neighbouring pairs of autocorrelations are positive and fall; the first that is not ends the sum.
  let time = -1;
  let before = Infinity;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = Math.min((lag === 0 ? 1 : correlation(lag)) + correlation(lag + 1), before);
    if (!(pair > 0)) break;
    time += 2 * pair;
    before = pair;
  }
  // Antithetic chains may beat independent draws, but not without limit (section 3.2 of the paper's reference implementation).
  return total / Math.max(time, 1 / Math.log10(total));
}

/** Effective sample sizes of split chains. */
export interface ChainsEss {
  /** For the mean: of the values themselves. */
  readonly mean: number;
  /** Of the rank-normalised values: for the bulk of the distribution, whatever its tails. */
  readonly bulk: number;
  /** The smaller of those of the 5 % and of the 95 % quantile. */
  readonly tail: number;
}

/**
 * Effective sample sizes by Geyer's initial monotone positive sequence. O(n) times the autocorrelation time.
 * @throws DiagnoseError as `rHat`
 */
export function chainsEss(chains: Chains): ChainsEss {
  checked(chains);
  const halves = split(chains);
  const sorted = Float64Array.from(halves.flatMap((half) => Array.from(half))).sort();
  const below = (p: number): Float64Array[] => {
    const limit = sorted[Math.floor(p * (sorted.length - 1))]!;
    return halves.map((half) => half.map((v) => (v <= limit ? 1 : 0)));
  };
  return {
    mean: plainEss(halves),
    bulk: plainEss(rankNormalised(halves)),
    tail: Math.min(plainEss(below(0.05)), plainEss(below(0.95))),
  };
}
