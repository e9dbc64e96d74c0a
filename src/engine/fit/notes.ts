/** What a reader of the figures should know about how far they can be trusted. */

import type { ModelDensity } from '../../diagnose/density';
import type { WeightedPoints } from '../../diagnose/points';
import type { FitSettings } from '../../shared/settings';
import type { Box } from './boxes';

const edgeShare = 0.03;
const edgeMassAllowed = 0.01;
const effectiveShareNeeded = 0.01;
/** Share of m that may be missing: a fit that has not settled leaves some percent. */
const missingAllowed = 0.3;
/** Error of log Z on a grid from which on weights are wrong in the second digit. */
const gridErrorAllowed = 0.02;
/** Parameters of a network that has learnt something are within ten times their start. */
const growthAllowed = 100;

/** A density that leans on the edge of the grid is not confined: its normaliser is a property of the box. */
function edgeNotes(points: WeightedPoints, { logDensity }: ModelDensity, { low, high }: Box): string[] {
  let edge = 0;
  for (let i = 0; i < points.count; i++) {
    const near = low.some((l, j) => {
      const position = (points.points[i * points.dim + j]! - l) / (high[j]! - l);
      return position < edgeShare || position > 1 - edgeShare;
    });
    if (near) edge += points.weights[i]! * Math.exp(logDensity[i]!);
  }
  if (edge < edgeMassAllowed) return [];
  return [
    `${(100 * edge).toFixed(1)} % of the model's mass lies at the edge of the grid: the energy does not confine it, and KL and weights depend on the box`,
  ];
}

function sampleSizeNotes(points: WeightedPoints, { effectiveShare }: ModelDensity): string[] {
  if (effectiveShare > effectiveShareNeeded) return [];
  const size = Math.round(effectiveShare * points.count);
  return [
    `log Z rests on an effective sample of only ${size} of ${points.count} draws: treat KL and weights with care, or choose a mixing density closer to the data`,
  ];
}

/** Where the bridged density lacks m, the objective has not tied the modes to each other, and their weights are arbitrary. */
function bridgeNotes({ negativeMass }: ModelDensity, beta: number | undefined): string[] {
  if (beta === undefined) return [];
  // All of m is missing where the negative mass is (1 - beta) / beta.
  const missing = (negativeMass * beta) / (1 - beta);
  if (missing < missingAllowed) return [];
  return [
    `${Math.round(100 * Math.min(1, missing))} % of the mixing density is missing from the fitted bridge, and with it what ties the modes together: fit for more steps, lower learningRate, or choose beta and a mixing density m that overlaps the data (unblind diagnose suggests both)`,
  ];
}

function resolutionNotes(points: WeightedPoints, { logZ }: ModelDensity): string[] {
  if (points.kind !== 'grid' || !(logZ.stdErr > gridErrorAllowed)) return [];
  return [
    `log Z changes by ${(2 * logZ.stdErr).toPrecision(2)} between two halves of the grid: the density is narrower than its cells, and log Z, KL and weights are not resolved`,
  ];
}

/** exp(-E) is a number only where E is: what overflows float32 on its way may be none. */
function undefinedNotes(points: WeightedPoints, energies: Float64Array): string[] {
  const bad = energies.reduce((count, energy) => count + (Number.isNaN(energy) || energy === -Infinity ? 1 : 0), 0);
  if (bad === 0) return [];
  const share = ((100 * bad) / points.count).toPrecision(2);
  return [
    `the energy is no number at ${share} % of the points where it is integrated, which count as empty: something in it overflows float32 or is undefined away from the data (an exponential or a power of something large, a difference of infinities, a root or logarithm of a negative number)`,
  ];
}

export function evaluationNotes(
  points: WeightedPoints,
  energies: Float64Array,
  density: ModelDensity,
  { box, beta }: { readonly box: Box; readonly beta: number | undefined },
): string[] {
  return [
    ...undefinedNotes(points, energies),
    ...(points.kind === 'grid' ? edgeNotes(points, density, box) : sampleSizeNotes(points, density)),
    ...resolutionNotes(points, density),
    ...bridgeNotes(density, beta),
  ];
}

function rms(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / Math.max(1, values.length));
}

/**
 * What the training itself says of a model that is finite and yet worth nothing.
 * @param initial flat parameters at the start
 * @param flat those at the end
 * @param lastGradientNorm of the last step; undefined where none was done
 */
export function trainingNotes(
  { learningRate, clip }: Pick<FitSettings, 'learningRate' | 'clip'>,
  {
    initial,
    flat,
    lastGradientNorm,
  }: { readonly initial: Float32Array; readonly flat: Float32Array; readonly lastGradientNorm: number | undefined },
): string[] {
  const notes: string[] = [];
  if (lastGradientNorm === 0)
    notes.push(
      'the gradient of the last step is exactly zero: the parameters do not reach the loss any more (a dead relu, a saturated activation, a parameter that the energy does not use); lower learningRate, take a smooth activation such as swish, or another seed',
    );
  const [before, after] = [rms(initial), rms(flat)];
  // Biases and free parameters may start at zero.
  if (after > growthAllowed * Math.max(before, 1))
    notes.push(
      `the parameters have exploded, from ${before.toPrecision(2)} to ${after.toPrecision(2)} in the mean square: lower learningRate (${learningRate}) or set clip (${clip || 'off'})`,
    );
  return notes;
}
