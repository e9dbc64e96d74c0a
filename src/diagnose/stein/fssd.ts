/**
 * The finite-set Stein discrepancy test (Jitkrittum, Xu, Szabo, Fukumizu and Gretton 2017, "A Linear-Time Kernel Goodness-of-Fit
 * Test"): the Stein features of the sample at a few locations, chosen on one part of the sample and tested on the other, in
 * time linear in n. The locations show where the misfit is. Blind, as KSD, to what is far from the sample.
 */

import { scored, type Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import { add, mul } from '../../graph/ops';
import type { Random } from '../../shared/random';
import { checkedRows, checkFinite, DiagnoseError } from '../diagnoseError';
import { fssdFeatures } from './fssdFeatures';
import { optimisedLocations } from './fssdLocations';
import { medianBandwidth } from './medianBandwidth';
import { ModelRows } from './modelRows';
import { weightedChiSquared } from './weightedChiSquared';

export interface FssdOptions {
  /** J, 1 to 10. */
  readonly locations?: number;
  /** Draws of the null distribution. */
  readonly draws?: number;
}

export interface FssdResult {
  /** FSSD^2 of the testing part, without bias; may be negative. */
  readonly statistic: number;
  readonly pValue: number;
  /** Where the misfit was looked for, the one with the largest mean feature first. */
  readonly locations: readonly {
    readonly at: readonly number[];
    /** Squared norm of the mean feature at this location: its part of the V-statistic. */
    readonly contribution: number;
  }[];
  readonly bandwidth: number;
}

const defaultLocations = 5;
const defaultDraws = 2000;
/** At most this many rows choose the locations, and no more than a quarter of all. The paper takes a fifth. */
const mostTraining = 1000;
const trainingStride = 4;

/** Mean of each column of [n, m] features, and their covariance [m, m]. */
function moments(features: Float64Array, m: number): { mean: Float64Array; covariance: Float64Array; own: number } {
  const n = features.length / m;
  const mean = new Float64Array(m);
  const covariance = new Float64Array(m * m);
  let own = 0;
  features.forEach((v, i) => {
    mean[i % m]! += v / n;
    own += v * v;
  });
  const gap = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < m; a++) gap[a] = features[i * m + a]! - mean[a]!;
    for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) covariance[a * m + b]! += (gap[a]! * gap[b]!) / n;
  }
  return { mean, covariance, own };
}

/**
 * The FSSD test of points [n, dim], n >= 16. The training rows are spread evenly over the sample.
 * @throws DiagnoseError where points or scores are not finite, points are too few, or a setting makes no sense
 */
export async function fssd(
  executor: Executor,
  target: Target,
  points: Float64Array,
  random: Random,
  { locations: count = defaultLocations, draws = defaultDraws }: FssdOptions = {},
): Promise<FssdResult> {
  const { dim } = target;
  const n = checkedRows('The sample', points, dim, 16);
  if (!(Number.isInteger(count) && count >= 1 && count <= 10)) {
    throw new DiagnoseError('setting', `The number of test locations must be a whole number from 1 to 10, not ${count}.`);
  }
  if (!(Number.isInteger(draws) && draws >= 1)) {
    throw new DiagnoseError('setting', `The number of draws must be a whole number of 1 or more, not ${draws}.`);
  }
  // The test runs on z = (x - mean) / scale, where steps and ridge have their meaning whatever the units of the data are.
  const scale = medianBandwidth(points, dim, random.split('bandwidth'));
  const mean = new Float64Array(dim);
  points.forEach((v, i) => {
    mean[i % dim]! += v / n;
  });
  const stride = Math.max(trainingStride, Math.ceil(n / mostTraining));
  const part = (training: boolean): Float64Array => points.filter((_, i) => (Math.floor(i / dim) % stride === 0) === training);
  const scaled = (x: Float64Array): Float64Array => x.map((v, i) => (v - mean[i % dim]!) / scale);
  const training = part(true);
  const model = await ModelRows.create(executor, target, training.length / dim);
  try {
    const scores = (await model.scores(training)).map((s) => s * scale);
    const rows = scaled(training);
    const starts = random.split('locations');
    const begin = Float32Array.from({ length: count * dim });
    for (let j = 0; j < count; j++) {
      const row = starts.integer(rows.length / dim);
      for (let k = 0; k < dim; k++) begin[j * dim + k] = rows[row * dim + k]!;
    }
    const chosen = await optimisedLocations(executor, { dim, points: rows, scores }, { locations: begin, bandwidth: 1 });
    const testing = part(false);
    const features = await RowFunction.create(
      executor,
      dim,
      (z) => {
        const { graph } = z;
        const x = add(mul(z, scale), graph.constant(mean, [dim]));
        const v = graph.constant(Float64Array.from(chosen.locations), [count, dim]);
        return [fssdFeatures(z, mul(scored(target, x).score, scale), v, graph.constant(chosen.bandwidth))];
      },
      Math.min(4096, testing.length / dim),
    );
    try {
      const [tau] = await features.at(scaled(testing));
      const m = count * dim;
      checkFinite("The model's score", tau!, m);
      const tested = testing.length / dim;
      const { mean: average, covariance, own } = moments(tau!, m);
      const squared = average.reduce((t, v) => t + v * v, 0);
      // tau carries the scale of the standardised score, 1 / scale^2 brings FSSD^2 to the data's units.
      const statistic = (tested * tested * squared - own) / (tested * (tested - 1));
      const null0 = weightedChiSquared(covariance, m, draws, random.split('null'));
      const atLeast = null0.reduce((t, v) => t + (v >= tested * statistic ? 1 : 0), 1);
      const listed = Array.from({ length: count }, (_, j) => ({
        at: Array.from({ length: dim }, (_k, k) => chosen.locations[j * dim + k]! * scale + mean[k]!),
        contribution: average.subarray(j * dim, (j + 1) * dim).reduce((t, v) => t + v * v, 0) / scale ** 2,
      }));
      return {
        statistic: statistic / scale ** 2,
        pValue: atLeast / (draws + 1),
        locations: listed.sort((a, b) => b.contribution - a.contribution),
        bandwidth: chosen.bandwidth * scale,
      };
    } finally {
      await features.dispose();
    }
  } finally {
    await model.dispose();
  }
}
