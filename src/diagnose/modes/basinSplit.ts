import type { ScoreField } from '../fields/scoreField';
import { ascend } from './ascent';
import { blend } from '../fields/blend';
import { partsAt } from '../fields/gaussianComponents';
import type { ModeSurvey } from './surveyModes';

/**
 * Share of rows [n, dim] in the basin of every mode: where gradient ascent takes them. For draws of a sampler's start this predicts how
 * many particles end in each mode when nothing carries them over a barrier, whatever the modes' weights are.
 */
export async function basinShares(field: ScoreField, { components, region, modes }: ModeSurvey, rows: Float64Array): Promise<number[]> {
  const { at, ends } = await ascend(field, rows, region);
  const { share } = blend(partsAt(components, at), new Float64Array(components.parts));
  const counts = modes.map(() => 0);
  ends.forEach((end, i) => {
    if (end === 'escaped') return;
    const shares = share.subarray(i * modes.length, (i + 1) * modes.length);
    counts[shares.reduce((best, s, k) => (s > shares[best]! ? k : best), 0)]! += 1 / ends.length;
  });
  return counts;
}
