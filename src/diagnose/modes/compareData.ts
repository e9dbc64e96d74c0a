/** A density's modes beside those of data: weights, spurious modes and missed ones. */

import type { DiagnosedMode } from '../../shared/diagnosis';
import type { ScoreField } from '../fields/scoreField';
import { findModes } from '../findModes';
import { modesAt } from './modesAt';
import type { ModeSurvey } from './surveyModes';

/** A row belongs to the density where log p is at least that of its least likely thousandth, less this margin. Own choices. */
const [tail, margin] = [1e-3, 5];
/** A mode counts as spurious or missed from this weight on, where the other side has less than a tenth of it. Own choices. */
const smallestWeight = 0.01;
const spuriousShare = 0.1;

export interface ComparedMode {
  readonly center: readonly number[];
  /** Mass under the density and its standard error; 0 for a missed mode. */
  readonly weight: number;
  readonly stdErr: number;
  /** Share of the data and its standard error; undefined without data. */
  readonly dataWeight: number | undefined;
  readonly dataStdErr: number | undefined;
  readonly kind: DiagnosedMode['kind'];
}

/** The log density above which all but a thousandth of the mass lies. */
function tailLevel({ cloud }: ModeSurvey): number {
  const order = Array.from(cloud.mass.keys()).sort((a, b) => cloud.logDensity[a]! - cloud.logDensity[b]!);
  let below = 0;
  for (const i of order) {
    below += cloud.mass[i]!;
    if (below > tail) return cloud.logDensity[i]!;
  }
  return -Infinity;
}

/** The survey's modes without data. */
export function modesAlone({ modes }: ModeSurvey): ComparedMode[] {
  return modes.map((mode) => ({ ...mode, dataWeight: undefined, dataStdErr: undefined, kind: 'found' }));
}

/**
 * Data rows [n, dim] belong to the mode with the largest membership, or, where the density is far below its own tails, to none: those are
 * clustered by themselves, and are modes that the density misses.
 */
export async function compareWithData(field: ScoreField, survey: ModeSurvey, data: Float64Array): Promise<ComparedMode[]> {
  const { dim } = field;
  const { modes, region, cloud } = survey;
  const n = data.length / dim;
  const nearest = modesAt(survey, data);
  const { logDensity } = await field.at(data);
  const level = tailLevel(survey) - margin + cloud.logZ.value;
  const counts = new Float64Array(modes.length);
  const outside: number[] = [];
  for (let i = 0; i < n; i++) {
    if (logDensity[i]! >= level) counts[nearest[i]!]! += 1 / n;
    else outside.push(...data.subarray(i * dim, (i + 1) * dim));
  }
  const errorOf = (w: number): number => Math.sqrt((w * (1 - w)) / n);
  const compared = modes.map((mode, k): ComparedMode => {
    const dataWeight = counts[k]!;
    const spurious =
      mode.weight >= smallestWeight && dataWeight + 3 * errorOf(Math.max(dataWeight, 1 / n)) < spuriousShare * mode.weight + 3 / n;
    return { ...mode, dataWeight, dataStdErr: errorOf(dataWeight), kind: spurious ? 'spurious' : 'found' };
  });
  const share0 = outside.length / dim / n;
  if (share0 < smallestWeight) return compared;
  const standard = (x: Float64Array): Float64Array => x.map((v, i) => (v - region.center[i % dim]!) / region.scale[i % dim]!);
  const user = (z: Float64Array): Float64Array => z.map((v, i) => v * region.scale[i % dim]! + region.center[i % dim]!);
  const clusters = findModes(standard(Float64Array.from(outside)), dim, user, standard).modes;
  return [
    ...compared,
    ...clusters.map((c): ComparedMode => {
      const dataWeight = c.weight * share0;
      return { center: c.center, weight: 0, stdErr: 0, dataWeight, dataStdErr: errorOf(dataWeight), kind: 'missed' };
    }),
  ];
}
