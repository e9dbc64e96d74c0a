/** Arrays that snapshots hold, in the user's units. */

import { correctedLogDensity, type ModelDensity } from '../../diagnose/density';
import { type GridAxes, gridPoints, resample, type WeightedPoints } from '../../diagnose/points';
import type { NamedArrays } from '../../runs/arrays';
import type { Random } from '../../shared/random';
import { arrowCells, gridOn } from './boxes';
import type { Evaluator } from './evaluator';
import { logVolume, type Standardization, unstandardize } from './standardization';

export interface PictureOptions {
  readonly evaluator: Evaluator;
  readonly params: Float32Array;
  readonly standardization: Standardization;
  /** Weight of the data where exp(-E) models the bridged density, else undefined. */
  readonly beta: number | undefined;
  /** Normaliser and clamped mass, from a grid that holds the whole density. */
  readonly normalised: ModelDensity;
}

/** A picture of a density of one or two dimensions, as snapshots name its arrays. */
export interface Picture {
  /** [ny, nx] or [nx], at cell centres */
  readonly density: { readonly shape: readonly number[]; readonly data: Float32Array };
  /** xmin, xmax (, ymin, ymax) */
  readonly extent: { readonly shape: readonly number[]; readonly data: Float64Array };
  /** [my, mx, 2] or [mx, 1], on a coarser grid of the same extent */
  readonly score: { readonly shape: readonly number[]; readonly data: Float32Array };
}

function extentOf({ low, high }: GridAxes, { mean, scale }: Standardization): Float64Array {
  return Float64Array.from(low.flatMap((l, j) => [l * scale[j]! + mean[j]!, high[j]! * scale[j]! + mean[j]!]));
}

/** Score of the corrected density at standardised rows, by the quotient rule: (p~ s~ - (1 - beta) m s_m) / (p~ - (1 - beta) m). */
export async function correctedScore(
  rows: Float64Array,
  { evaluator, params, standardization, beta, normalised }: PictureOptions,
): Promise<Float32Array> {
  const dim = standardization.scale.length;
  const values = await evaluator.scoreField(params, rows);
  return Float32Array.from(values.score, (s, k) => {
    const i = Math.floor(k / dim);
    const share = beta === undefined ? 0 : (1 - beta) * Math.exp(values.logMixing[i]! + values.energy[i]! + normalised.logZ.value);
    // Where the correction is clamped, the corrected density is a share of the bridged one and has its score.
    const corrected = share < 1 - 1e-3 ? (s - share * values.mixingScore[k]!) / (1 - share) : s;
    return corrected / standardization.scale[k % dim]!;
  });
}

/** The corrected density at standardised rows. */
export async function correctedDensity(
  rows: Float64Array,
  { evaluator, params, standardization, beta, normalised }: PictureOptions,
): Promise<Float32Array> {
  const volume = logVolume(standardization);
  const logMass = Math.log(normalised.clampedMass);
  const values = await evaluator.field(params, rows);
  return Float32Array.from(values.energy, (e, i) => {
    const bridge = beta === undefined ? undefined : { beta, logMixing: values.logMixing[i]! };
    return Math.exp(correctedLogDensity(e, normalised.logZ.value, logMass, bridge) - volume);
  });
}

/** density [ny, nx] or [nx] and score on its own coarser grid, over the extent of `axes`. */
export async function pictureArrays(axes: GridAxes, options: PictureOptions): Promise<Picture> {
  const dim = axes.low.length;
  const density = await correctedDensity(gridPoints(axes).points, options);
  const arrows = gridOn(axes, arrowCells);
  return {
    density: { shape: [...axes.cells].reverse(), data: density },
    extent: { shape: [2 * dim], data: extentOf(axes, options.standardization) },
    score: { shape: [...[...arrows.cells].reverse(), dim], data: await correctedScore(gridPoints(arrows).points, options) },
  };
}

/** Rows of the model, [count, dim], drawn from weighted points in proportion to its density. */
export function sampleArrays(
  points: WeightedPoints,
  { logDensity }: ModelDensity,
  count: number,
  standardization: Standardization,
  random: Random,
): NamedArrays {
  const mass = logDensity.map((l, i) => points.weights[i]! * Math.exp(l));
  const rows = resample(points.points, points.dim, mass, count, random);
  return { samples: { shape: [count, points.dim], data: Float32Array.from(unstandardize(rows, standardization)) } };
}
