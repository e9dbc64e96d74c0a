/** Live pictures of a model: what a snapshot shows, with modes and particles, cheap enough for several a second. */

import type { ModelDensity } from '../../diagnose/density';
import { klOnGrid } from '../../diagnose/kl';
import { type ModePartition, modeWeights } from '../../diagnose/modeWeights';
import { type GridAxes, gridPoints, resample, type WeightedPoints } from '../../diagnose/points';
import type { ModeRecord } from '../../runs/record';
import type { Frame, FrameSlice } from '../../shared/protocol';
import type { Random } from '../../shared/random';
import type { Picture } from './pictures';
import { logVolume, type Standardization, unstandardize } from './standardization';

/** Draws that a picture of a model has. */
export const particleCount = 2000;
/** Draws of the importance sampler that a frame uses: a quarter of those behind the result's figures. */
const frameDraws = 15_000;

export type FrameContent = Omit<Frame, 'step'>;

/** Where frames integrate: made once a run. */
export interface FramePoints {
  readonly points: WeightedPoints;
  /** Mode of each point. */
  readonly assigned: Int32Array;
  /** The data's log density at the points, where it is known. */
  readonly truth: Float64Array | undefined;
}

export interface FrameParts extends FramePoints {
  readonly partition: ModePartition;
  readonly density: ModelDensity;
  /** Whether the density was corrected. */
  readonly bridged: boolean;
  readonly standardization: Standardization;
  /** dim <= 2: the density and the score, and the grid they are on. */
  readonly picture: { readonly axes: GridAxes; readonly arrays: Picture } | undefined;
  /** dim > 2: where one is wanted. */
  readonly slice: FrameSlice | undefined;
  /** A stream for this frame alone; the same one each time, so that particles move with the model and do not flicker. */
  readonly random: Random;
}

/** The first of many draws, as a sample of their own. */
export function fewerDraws(drawn: WeightedPoints): WeightedPoints {
  const count = Math.min(frameDraws, drawn.count);
  const share = drawn.count / count;
  return {
    ...drawn,
    count,
    points: drawn.points.subarray(0, count * drawn.dim),
    weights: drawn.weights.subarray(0, count).map((w) => w * share),
    groups: drawn.groups.subarray(0, count),
  };
}

/** The modes of a partition with a model's weight of each beside the data's. */
export function modeRecords(
  { modes }: ModePartition,
  points: WeightedPoints,
  logDensity: Float64Array,
  assigned: Int32Array,
): ModeRecord[] {
  const weights = modeWeights(points, logDensity, assigned, modes.length);
  return modes.map((mode, k) => ({
    label: mode.label,
    center: [...mode.center],
    weight: weights[k]!.weight,
    weightStdErr: weights[k]!.stdErr,
    dataWeight: mode.weight,
    dataWeightStdErr: mode.stdErr,
  }));
}

/** Draws of a density given at cell centres, [ny, nx] or [nx]: cells in proportion to their mass, uniform inside. Row-major [n, dim]; none where it is no density. */
export function cellDraws(axes: GridAxes, density: Float32Array, count: number, random: Random): Float64Array {
  if (!isMass(density)) return new Float64Array(0);
  const dim = axes.low.length;
  const rows = resample(gridPoints(axes).points, dim, Float64Array.from(density), count, random);
  const width = axes.cells.map((n, j) => (axes.high[j]! - axes.low[j]!) / n);
  return rows.map((v, i) => v + (random.uniform() - 0.5) * width[i % dim]!);
}

/** A model that is no density yet, say with an infinite normaliser, has no draws. */
function isMass(values: Float32Array): boolean {
  return values.every(Number.isFinite) && values.some((m) => m > 0);
}

function particles({ picture, points, density, standardization, random }: FrameParts): Float32Array {
  const mass = picture ? picture.arrays.density.data : Float32Array.from(density.logDensity, (l, i) => points.weights[i]! * Math.exp(l));
  if (!isMass(mass)) return new Float32Array(0);
  const rows = picture
    ? cellDraws(picture.axes, picture.arrays.density.data, particleCount, random)
    : resample(points.points, points.dim, Float64Array.from(mass), particleCount, random);
  return Float32Array.from(unstandardize(rows, standardization));
}

/** Puts a frame together. */
export function frameContent(parts: FrameParts): FrameContent {
  const { points, assigned, truth, partition, density, bridged, standardization, picture, slice } = parts;
  return {
    kl: truth ? klOnGrid(points, truth, density.logDensity).kl.value : null,
    logZ: density.logZ.value + logVolume(standardization),
    logZStdErr: density.logZ.stdErr,
    negativeMass: bridged ? density.negativeMass : null,
    modes: modeRecords(partition, points, density.logDensity, assigned),
    density: picture && {
      shape: picture.arrays.density.shape,
      extent: Array.from(picture.arrays.extent.data),
      values: picture.arrays.density.data.slice(),
    },
    score: picture && { shape: picture.arrays.score.shape, values: picture.arrays.score.data.slice() },
    particles: particles(parts),
    slice,
  };
}
