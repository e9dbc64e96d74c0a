/**
 * Perturbed kernel Stein discrepancies (Liu, Duncan and Gandy 2023, "Using Perturbation to Improve Goodness-of-Fit Tests based
 * on Kernelized Stein Discrepancy", arXiv 2304.14762). A kernel that keeps the model invariant moves the sample: a sample of the
 * model stays one, another sample need not, and a missing mode shows by what the jumps into it bring there. Sees missing modes
 * and wrong weights, as far as the ascent finds the modes.
 */

import type { Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import type { Random } from '../../shared/random';
import { type AscentMode, ascentModes, defaultStarts } from '../ascentModes';
import { startsAround } from '../ascentStarts';
import { splitRows } from '../chosenRows';
import { checkedRows, DiagnoseError } from '../diagnoseError';
import { type JumpFrames, jumped, jumpFrames } from './jumps';
import { checkKsdOptions, defaultDraws, type KsdOptions } from './ksd';
import { medianBandwidth } from '../medianBandwidth';
import { ModelRows } from './modelRows';
import { multipliers, pValueOf } from './multipliers';
import { powerRatio } from './powerRatio';
import { type ScoredRows, SteinSums } from './steinSums';

export interface PerturbedKsdOptions extends KsdOptions {
  /** Modes to jump between; searched for by ascent from the sample and a box about it where they are left out. */
  readonly modes?: readonly AscentMode[];
  /** Metropolis steps of the jump kernel. */
  readonly steps?: number;
}

export interface PerturbedKsdResult {
  /** Sum of the squared KSD (U-statistics) of the sample and of each moved sample. */
  readonly statistic: number;
  /** Squared KSD (U-statistic) of the sample as it is. */
  readonly unmoved: number;
  /** Jump scales theta, and the squared KSD after jumps of each. */
  readonly moved: readonly { readonly scale: number; readonly uStatistic: number }[];
  readonly pValue: number;
  readonly bandwidth: number;
  /** Modes that the jumps used; with fewer than two nothing moves, and the test is that of the plain KSD. */
  readonly modesUsed: number;
}

const defaultSteps = 10;
/**
 * By how many local standard deviations a jump misses the centre of its mode. The paper takes 21 scales from .8 to 1.2, which is
 * this range for modes six deviations apart; in deviations it suits any distance. None is zero: jumps that fit exactly make
 * the sample look like the model where modes are alike. Own choice.
 */
const misses = [-1.5, -1, -0.5, 0.5, 1, 1.5];

/** What a test is made of, whichever scales it sums over. */
interface Prepared {
  readonly executor: Executor;
  readonly dim: number;
  readonly model: ModelRows;
  readonly frames: JumpFrames;
  readonly scales: readonly number[];
  readonly bandwidth: number;
  readonly options: PerturbedKsdOptions;
  readonly random: Random;
}

/** Finds modes, scales and the bandwidth, runs a test with them and frees what they hold. */
async function prepared(
  executor: Executor,
  target: Target,
  points: Float64Array,
  random: Random,
  options: PerturbedKsdOptions,
  test: (prepared: Prepared) => Promise<PerturbedKsdResult>,
): Promise<PerturbedKsdResult> {
  checkKsdOptions(options);
  const { dim } = target;
  const modes = options.modes ?? (await ascentModes(executor, target, startsAround(points, dim, defaultStarts, random.split('starts'))));
  const frames = jumpFrames(modes, dim);
  const scales = frames.frames.length < 2 ? [] : misses.map((miss) => 1 + miss / frames.distance);
  const bandwidth = options.bandwidth ?? medianBandwidth(points, dim, random.split('bandwidth'));
  const model = await ModelRows.create(executor, target, points.length / dim);
  try {
    return await test({ executor, dim, model, frames, scales, bandwidth, options, random });
  } finally {
    await model.dispose();
  }
}

/** Moves the points by jumps of one scale, and gives the score where they end. */
async function perturbed(
  { dim, model, frames, options }: Prepared,
  points: Float64Array,
  scale: number,
  random: Random,
): Promise<ScoredRows> {
  const { steps = defaultSteps } = options;
  const moved = await jumped((rows) => model.logDensities(rows), points, frames, scale, steps, random);
  return { dim, points: moved, scores: await model.scores(moved) };
}

/** The test on the sum of the Stein kernels of the sample and of the moved samples: row i of all of them is one draw. */
async function testOfSum(at: Prepared, points: Float64Array, scales: readonly number[]): Promise<PerturbedKsdResult> {
  const { executor, dim, model, bandwidth, random } = at;
  const { kernel = 'imq', draws = defaultDraws, dependence = { kind: 'independent' } } = at.options;
  const n = points.length / dim;
  const sums = await SteinSums.create(executor, n, dim, draws + 1, kernel);
  try {
    const weights = multipliers(n, draws, dependence, random.split('bootstrap'));
    const total = (await sums.of({ dim, points, scores: await model.scores(points) }, bandwidth, weights)).pairs.slice();
    const pairs = n * (n - 1);
    const unmoved = total[0]! / pairs;
    const moved: { scale: number; uStatistic: number }[] = [];
    for (const [index, scale] of scales.entries()) {
      const rows = await perturbed(at, points, scale, random.split(`jumps ${index}`));
      const part = (await sums.of(rows, bandwidth, weights)).pairs;
      part.forEach((v, c) => {
        total[c]! += v;
      });
      moved.push({ scale, uStatistic: part[0]! / pairs });
    }
    return { statistic: total[0]! / pairs, unmoved, moved, pValue: pValueOf(total), bandwidth, modesUsed: at.frames.frames.length };
  } finally {
    await sums.dispose();
  }
}

/**
 * spKSD: the sum over several jump scales, with all points in the test.
 * @param points [n, dim], n >= 2
 * @throws DiagnoseError as `ksd` does
 */
export async function spKsd(
  executor: Executor,
  target: Target,
  points: Float64Array,
  random: Random,
  options: PerturbedKsdOptions = {},
): Promise<PerturbedKsdResult> {
  checkedRows('The sample', points, target.dim, 2);
  return prepared(executor, target, points, random, options, (at) => testOfSum(at, points, at.scales));
}

/** At most this many points choose the scale, and no more than half of them. */
const mostTraining = 500;

/**
 * ospKSD: one jump scale, that of the largest ratio of the statistic to its standard deviation on a training part (half the
 * rows, at most 500, at random), tested on the rest.
 * @param points [n, dim], n >= 8
 * @throws DiagnoseError as `ksd` does
 */
export async function ospKsd(
  executor: Executor,
  target: Target,
  points: Float64Array,
  random: Random,
  options: PerturbedKsdOptions = {},
): Promise<PerturbedKsdResult> {
  const { dim } = target;
  const n = checkedRows('The sample', points, dim, 8);
  if (options.dependence?.kind === 'chain') {
    throw new DiagnoseError('setting', 'ospKSD splits the sample into independent parts; for a Markov chain use spKSD.');
  }
  const { training, testing } = splitRows(points, dim, Math.min(n >> 1, mostTraining), random.split('split'));
  return prepared(executor, target, points, random, options, async (at) => {
    const scale = await bestScale(at, training);
    return testOfSum(at, testing, scale === undefined ? [] : [scale]);
  });
}

/** The scale with the largest power ratio on the training points; none where there is nothing to jump between. */
async function bestScale(at: Prepared, points: Float64Array): Promise<number | undefined> {
  const still: ScoredRows = { dim: at.dim, points, scores: await at.model.scores(points) };
  let best: { scale: number; ratio: number } | undefined;
  for (const [index, scale] of at.scales.entries()) {
    const rows = await perturbed(at, points, scale, at.random.split(`training ${index}`));
    const ratio = powerRatio([still, rows], at.bandwidth, at.options.kernel ?? 'imq');
    if (!best || ratio > best.ratio) best = { scale, ratio };
  }
  return best?.scale;
}
