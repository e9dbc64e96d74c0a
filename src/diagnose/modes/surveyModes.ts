/** Modes of a density: found by ascent from data and from a random cover, joined by barriers, weighed by quadrature or importance sampling. */

import type { Random } from '../../shared/random';
import { type Cloud, cloudOf, expectationWithError } from '../cloud';
import { type Memberships, membershipsOf } from '../divergence/logRatio';
import { type GaussianComponents, partsAt } from '../fields/gaussianComponents';
import { gaussianField } from '../fields/gaussianField';
import type { ScoreField } from '../fields/scoreField';
import { drawComponents } from '../divergence/noisedGaussians';
import { type Box, fittedBox, gridCloud } from '../gridCloud';
import { drawnPoints, resample } from '../points';
import { adaptiveKernels } from '../proposal';
import { ascend, type Ascents } from './ascent';
import { asParts, describeMode } from './describeMode';
import { distinctMaxima, type FoundMaxima } from './findMaxima';
import { localDraws } from './localDraws';
import { type Barrier, mergeMaxima } from './mergeMaxima';
import { coverRows, type Region, regionOf } from './region';

/** Cells of a coordinate, by dimension: 1, 2. */
const gridCells = [4096, 192];
const startsFromData = 200;
const startsFromCover = 240;
const sampleRows = 800;
const importanceDraws = 8000;
/** Half of the importance draws are of the modes' Gaussians, so much wider, half of kernels on local draws. Own choice. */
const widening = 0.4;
/** With fewer effective draws weights and normaliser are not known. Own choice. */
export const fewestEffective = 100;

/** What speaks for or against there being modes that nothing has visited. */
export interface CoverEvidence {
  readonly starts: number;
  /** Ascents from the cover that left every bound: the density may have no integral. */
  readonly escaped: number;
  /** Ascents from the cover that had nowhere to go. */
  readonly flat: number;
  /** Modes that one ascent from the cover found and no other ascent: their share is Good and Turing's estimate of what is unseen. */
  readonly singletons: number;
}

export interface DensityMode {
  /** The highest maximum, [dim]. */
  readonly center: readonly number[];
  /** Mass under the density, and its standard error (discretisation error on a grid). */
  readonly weight: number;
  readonly stdErr: number;
}

export interface ModeSurvey {
  readonly region: Region;
  /** The heaviest first. */
  readonly modes: readonly DensityMode[];
  /** Barriers between neighbouring modes. */
  readonly barriers: readonly Barrier[];
  readonly evidence: CoverEvidence;
  /** The density at points, and every mode's soft membership there; absent where there is no maximum. */
  readonly cloud: Cloud;
  readonly memberships: Memberships;
  /** What the memberships are made of: part k is mode k. */
  readonly components: GaussianComponents;
  /** Whether weights and normaliser can be relied on. */
  readonly reliable: boolean;
  /** The grid's box, in one or two dimensions. */
  readonly box: Box | undefined;
}

/** A density in which no mode could be found, with what the ascents did. */
export interface NoModes {
  readonly modes: readonly [];
  readonly evidence: CoverEvidence;
}

export interface SurveyOptions {
  /** Rows of data, [n, dim]. */
  readonly data?: Float64Array;
  /** Where to look; around the data where it is left out. */
  readonly region?: Region;
  /** Modes on a grid with at most about this share of the mass are noise, and left to their neighbours; 0 where none are. */
  readonly smallestWeight?: number;
  readonly random: Random;
}

function evenRows(rows: Float64Array, dim: number, count: number): Float64Array {
  const total = rows.length / dim;
  const taken = Math.min(count, total);
  return Float64Array.from({ length: taken * dim }, (_, i) => rows[Math.floor((Math.floor(i / dim) * total) / taken) * dim + (i % dim)]!);
}

function joinedAscents(a: Ascents, b: Ascents): Ascents {
  return {
    at: Float64Array.of(...a.at, ...b.at),
    logDensity: Float64Array.of(...a.logDensity, ...b.logDensity),
    ends: [...a.ends, ...b.ends],
  };
}

/** The box of all maxima and, beyond, one length of the region. */
function boxAround({ at }: FoundMaxima, { scale }: Region): Box {
  const dim = scale.length;
  const along = (j: number): Float64Array => at.filter((_, i) => i % dim === j);
  return {
    low: scale.map((s, j) => along(j).reduce((a, b) => Math.min(a, b), Infinity) - s),
    high: scale.map((s, j) => along(j).reduce((a, b) => Math.max(a, b), -Infinity) + s),
  };
}

/** Groups of rows by label, as row-major arrays. */
function grouped(rows: Float64Array, dim: number, label: (i: number) => number, count: number): Float64Array[] {
  const lists = Array.from({ length: count }, (): number[] => []);
  for (let i = 0; i < rows.length / dim; i++) lists[label(i)]?.push(...rows.subarray(i * dim, (i + 1) * dim));
  return lists.map((list) => Float64Array.from(list));
}

/** The density at importance draws: half of the modes' Gaussians, widened, half of kernels on their rows. */
async function importanceCloud(field: ScoreField, shapes: GaussianComponents, rows: Float64Array, random: Random): Promise<Cloud> {
  const { dim } = field;
  const kernels = adaptiveKernels(rows, dim);
  const wide: GaussianComponents = { ...shapes, std: shapes.std.map((s) => s * Math.sqrt(1 + widening)) };
  const points = Float64Array.of(...drawComponents(wide, importanceDraws / 2, random), ...kernels.draw(importanceDraws / 2, random));
  const fromKernels = kernels.logDensity(points);
  const fromShapes = (await gaussianField(wide).at(points)).logDensity;
  const logProposal = fromKernels.map((a, i) => {
    const b = fromShapes[i]!;
    const largest = Math.max(a, b);
    return largest + Math.log((Math.exp(a - largest) + Math.exp(b - largest)) / 2);
  });
  // Groups of draws are samples of the proposal: each must hold both halves.
  const order = Int32Array.from(logProposal, (_, i) => (i % 2 === 0 ? i / 2 : importanceDraws / 2 + (i - 1) / 2));
  const shuffled = Float64Array.from({ length: points.length }, (_, i) => points[order[Math.floor(i / dim)]! * dim + (i % dim)]!);
  return cloudOf(
    drawnPoints(
      shuffled,
      dim,
      logProposal.map((_, i) => logProposal[order[i]!]!),
    ),
    await field.at(shuffled),
  );
}

/**
 * The modes of a density, with their masses and with what speaks for their being all.
 * @param field the density, up to a constant
 */
export async function surveyModes(
  field: ScoreField,
  { data, region: given, smallestWeight = 0, random }: SurveyOptions,
): Promise<ModeSurvey | NoModes> {
  const { dim } = field;
  const region = given ?? (data ? regionOf(data, dim) : { center: Array<number>(dim).fill(0), scale: Array<number>(dim).fill(1) });
  const cover = coverRows(region, startsFromCover, random.split('cover'));
  let ascents = await ascend(field, cover, region);
  if (data) ascents = joinedAscents(ascents, await ascend(field, evenRows(data, dim, startsFromData), region));
  const coverEnds = ascents.ends.slice(0, startsFromCover);
  const counted = { escaped: coverEnds.filter((e) => e === 'escaped').length, flat: coverEnds.filter((e) => e === 'flat').length };
  let maxima = distinctMaxima(ascents, region);
  if (maxima.logDensity.length === 0) return { modes: [], evidence: { starts: startsFromCover, ...counted, singletons: 0 } };

  let [cloud, box, rows]: [Cloud | undefined, Box | undefined, Float64Array] = [undefined, undefined, new Float64Array()];
  const before = ascents.ends.length;
  if (dim <= 2) {
    box = await fittedBox(field, boxAround(maxima, region));
    cloud = await gridCloud(field, box, gridCells[dim - 1]!);
    rows = resample(cloud.points.points, dim, cloud.mass, sampleRows, random);
    ascents = joinedAscents(ascents, await ascend(field, rows, region));
    maxima = distinctMaxima(ascents, region);
  }
  const merged = await mergeMaxima(field, maxima, region);
  const modeOfAscent = (i: number): number => merged.modeOf[maxima.maximumOf[i]!] ?? -1;
  const hits = new Int32Array(merged.count);
  const others = new Int32Array(merged.count);
  for (let i = 0; i < ascents.ends.length; i++) (i < startsFromCover ? hits : others)[modeOfAscent(i)]! += 1;
  const evidence = { starts: startsFromCover, ...counted, singletons: hits.filter((h, k) => h === 1 && others[k] === 0).length };

  if (!cloud) {
    const members = Array.from({ length: merged.count }, (_, k) => Array.from(merged.modeOf.keys()).filter((m) => merged.modeOf[m] === k));
    const each = Math.max(40, Math.ceil(sampleRows / merged.count));
    const starts = members.flatMap((list) => Array.from({ length: each }, (_, i) => list[i % list.length]!));
    const places = Float64Array.from(starts.flatMap((m) => Array.from(maxima.at.subarray(m * dim, (m + 1) * dim))));
    rows = await localDraws(field, places, region.scale, random.split('local'));
    const shapes = grouped(rows, dim, (i) => Math.floor(i / each), merged.count).map((r) => describeMode(r, dim, random.split('shape')));
    cloud = await importanceCloud(
      field,
      asParts(
        shapes,
        shapes.map(() => 1 / shapes.length),
      ),
      rows,
      random.split('importance'),
    );
    return assemble({ field, region, cloud, box, shapes, merged, maxima, evidence });
  }
  const labelled = grouped(rows, dim, (i) => modeOfAscent(before + i), merged.count);
  const kept = labelled.map((r, k) => ({ r, k })).filter(({ r }) => r.length / dim > smallestWeight * sampleRows);
  if (kept.length === 0) return { modes: [], evidence };
  const shapes = kept.map(({ r }) => describeMode(r, dim, random.split('shape')));
  return assemble({ field, region, cloud, box, shapes, merged, maxima, evidence, numbers: kept.map(({ k }) => k) });
}

interface Assembled {
  readonly field: ScoreField;
  readonly region: Region;
  readonly cloud: Cloud;
  readonly box: Box | undefined;
  readonly shapes: readonly GaussianComponents[];
  readonly merged: { readonly modeOf: Int32Array; readonly barriers: readonly Barrier[] };
  readonly maxima: FoundMaxima;
  readonly evidence: CoverEvidence;
  /** The merged mode of every shape; modes without mass have none. */
  readonly numbers?: readonly number[];
}

/** Mass of a part by itself: E_p of its membership, where all parts count alike but for their own density. */
function weigh(cloud: Cloud, memberships: Memberships, k: number): { weight: number; stdErr: number } {
  const { share, parts } = memberships;
  const { value, stdErr } = expectationWithError(cloud, (i) => share[i * parts.parts + k]!);
  return { weight: value, stdErr };
}

function assemble({ region, cloud, box, shapes, merged, maxima, evidence, numbers }: Assembled): ModeSurvey {
  const { dim } = cloud.points;
  const ids = numbers ?? shapes.map((_, k) => k);
  const even = membershipsOf(
    partsAt(
      asParts(
        shapes,
        shapes.map(() => 1),
      ),
      cloud.points.points,
    ),
  );
  const rough = ids.map((_, k) => weigh(cloud, even, k).weight);
  const order = ids.map((_, k) => k).sort((a, b) => rough[b]! - rough[a]!);
  const components = asParts(
    order.map((k) => shapes[k]!),
    order.map((k) => Math.max(rough[k]!, 1e-12)),
  );
  const memberships = membershipsOf(partsAt(components, cloud.points.points));
  const modes = order.map((k, place) => {
    const top = merged.modeOf.indexOf(ids[k]!);
    return { center: Array.from(maxima.at.subarray(top * dim, (top + 1) * dim)), ...weigh(cloud, memberships, place) };
  });
  const placeOf = new Map(order.map((k, place) => [ids[k]!, place]));
  const barriers = merged.barriers.flatMap(({ between: [a, b], height }) => {
    const [i, j] = [placeOf.get(a), placeOf.get(b)];
    return i === undefined || j === undefined ? [] : [{ between: [i, j] as const, height }];
  });
  const reliable = box !== undefined || cloud.effective >= fewestEffective;
  return { region, modes, barriers, evidence, cloud, memberships, components, reliable, box };
}
