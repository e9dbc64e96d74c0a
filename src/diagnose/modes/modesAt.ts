import { blend } from '../fields/blend';
import { partsAt } from '../fields/gaussianComponents';
import type { ModeSurvey } from './surveyModes';

/** The mode with the largest membership at each of the rows [n, dim]. */
export function modesAt({ components, modes }: Pick<ModeSurvey, 'components' | 'modes'>, rows: Float64Array): Int32Array {
  const { share } = blend(partsAt(components, rows), new Float64Array(components.parts));
  return Int32Array.from({ length: rows.length / components.dim }, (_, i) => {
    const shares = share.subarray(i * modes.length, (i + 1) * modes.length);
    return shares.reduce((best, s, k) => (s > shares[best]! ? k : best), 0);
  });
}
