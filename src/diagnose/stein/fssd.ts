/**
 * The finite-set Stein discrepancy test (Jitkrittum, Xu, Szabo, Fukumizu and Gretton 2017, "A Linear-Time Kernel Goodness-of-Fit
 * Test"): the Stein features of the sample at a few locations, chosen on one part of the sample and tested on the other, in
 * time linear in n. The locations show where the misfit is. Blind, as KSD, to what is far from the sample.
 */

import { scored, type Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import type { Node } from '../../graph/graph';
import { add, mul } from '../../graph/ops';
import type { Random } from '../../shared/random';
import { splitRows } from '../chosenRows';
import { checkedRows, checkFinite, DiagnoseError } from '../diagnoseError';
import { fssdFeatures } from './fssdFeatures';
import { optimisedLocations, type TestLocations } from './fssdLocations';
import { medianBandwidth } from '../medianBandwidth';
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

/** @throws DiagnoseError ('setting') */
function checkOptions(count: number, draws: number): void {
  if (!(Number.isInteger(count) && count >= 1 && count <= 10)) {
    throw new DiagnoseError('setting', `The number of test locations must be a whole number from 1 to 10, not ${count}.`);
  }
  if (!(Number.isInteger(draws) && draws >= 1)) {
    throw new DiagnoseError('setting', `The number of draws must be a whole number of 1 or more, not ${draws}.`);
  }
}

/** z = (x - mean) / scale, in which the ascent's steps and ridge have their meaning whatever the units of the data are. */
interface Standard {
  readonly mean: Float64Array;
  readonly scale: number;
}

/** Locations from random training rows, optimised on all training rows, in standard coordinates. */
async function chosenLocations(
  executor: Executor,
  target: Target,
  training: Float64Array,
  { mean, scale }: Standard,
  count: number,
  random: Random,
): Promise<TestLocations> {
  const { dim } = target;
  const rows = training.map((v, i) => (v - mean[i % dim]!) / scale);
  const begin = new Float32Array(count * dim);
  for (let j = 0; j < count; j++) {
    const row = random.integer(rows.length / dim);
    begin.set(rows.subarray(row * dim, (row + 1) * dim), j * dim);
  }
  const model = await ModelRows.create(executor, target, training.length / dim);
  try {
    const scores = (await model.scores(training)).map((s) => s * scale);
    return await optimisedLocations(executor, { dim, points: rows, scores }, { locations: begin, bandwidth: 1 });
  } finally {
    await model.dispose();
  }
}

/** Stein features of rows, [n, J d], in standard units: those of the score in the data's units are 1 / scale of them. */
async function featuresAt(
  executor: Executor,
  target: Target,
  testing: Float64Array,
  { mean, scale }: Standard,
  { locations, bandwidth }: TestLocations,
): Promise<Float64Array> {
  const { dim } = target;
  const build = (z: Node): Node[] => {
    const x = add(mul(z, scale), z.graph.constant(mean, [dim]));
    const v = z.graph.constant(Float64Array.from(locations), [locations.length / dim, dim]);
    return [fssdFeatures(z, mul(scored(target, x).score, scale), v, z.graph.constant(bandwidth))];
  };
  const features = await RowFunction.create(executor, dim, build, Math.min(4096, testing.length / dim));
  try {
    const [tau] = await features.at(testing.map((v, i) => (v - mean[i % dim]!) / scale));
    checkFinite("The model's score", tau!, locations.length);
    return tau!;
  } finally {
    await features.dispose();
  }
}

/**
 * The FSSD test of points [n, dim], n >= 16. `random` splits the sample, places the first locations and simulates the null.
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
  checkOptions(count, draws);
  const mean = new Float64Array(dim);
  points.forEach((v, i) => {
    mean[i % dim]! += v / n;
  });
  const standard = { mean, scale: medianBandwidth(points, dim, random.split('bandwidth')) };
  const { training, testing } = splitRows(points, dim, Math.min(n >> 2, mostTraining), random.split('split'));
  const chosen = await chosenLocations(executor, target, training, standard, count, random.split('locations'));
  const tau = await featuresAt(executor, target, testing, standard, chosen);
  const width = count * dim;
  const tested = tau.length / width;
  const { mean: average, covariance, own } = moments(tau, width);
  const statistic = (tested * tested * average.reduce((t, v) => t + v * v, 0) - own) / (tested * (tested - 1));
  const ofModel = weightedChiSquared(covariance, width, draws, random.split('null'));
  const atLeast = ofModel.reduce((t, v) => t + (v >= tested * statistic ? 1 : 0), 1);
  const unit = 1 / standard.scale ** 2;
  const locations = Array.from({ length: count }, (_, j) => ({
    at: Array.from({ length: dim }, (_k, k) => chosen.locations[j * dim + k]! * standard.scale + mean[k]!),
    contribution: unit * average.subarray(j * dim, (j + 1) * dim).reduce((t, v) => t + v * v, 0),
  }));
  return {
    statistic: statistic * unit,
    pValue: atLeast / (draws + 1),
    locations: locations.sort((a, b) => b.contribution - a.contribution),
    bandwidth: chosen.bandwidth * standard.scale,
  };
}
