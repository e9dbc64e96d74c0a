import type { ScoreField } from '../fields/scoreField';
import { ascend } from './ascent';
import { modesAt } from './modesAt';
import type { ModeSurvey } from './surveyModes';

/**
 * Share of rows [n, dim] in the basin of every mode: where gradient ascent takes them. For draws of a sampler's start this predicts how
 * many particles end in each mode when nothing carries them over a barrier, whatever the modes' weights are.
 */
export async function basinShares(field: ScoreField, survey: ModeSurvey, rows: Float64Array): Promise<number[]> {
  const { at, ends } = await ascend(field, rows, survey.region);
  const reached = modesAt(survey, at);
  const counts = survey.modes.map(() => 0);
  ends.forEach((end, i) => {
    if (end !== 'escaped') counts[reached[i]!]! += 1 / ends.length;
  });
  return counts;
}
