import { DiagnoseError } from '../diagnoseError';
import { normalQuantile } from '../../shared/normalDistribution';

/** A share of a sample with its confidence interval. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval (Wilson 1927) of a share seen in a sample of `size`, which need not be whole: an effective sample
 * size for correlated or weighted draws. Holds its level near 0 and 1, where a normal interval has no width.
 */
export function wilson(share: number, size: number, level = 0.95): ShareInterval {
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const middle = (share + z2 / (2 * size)) / (1 + z2 / size);
  const half = Math.sqrt(z2 * ((share * (1 - share)) / size + z2 / (4 * size * size))) / (1 + z2 / size);
  return { share, low: Math.max(middle - half, 0), high: Math.min(middle + half, 1) };
}

export interface ModeWeightError {
  readonly modes: readonly (ShareInterval & {
    readonly truth: number;
    /** Share less truth, with the interval of the share. */
    readonly error: number;
    /** Whether the truth is in the interval. */
    readonly covered: boolean;
  })[];
  /** The largest |share - truth|. */
  readonly largest: number;
  /** Half the sum of |share - truth|: the mass in wrong modes. */
  readonly misplaced: number;
}

/**
 * Shares of a sample in each mode beside the true weights. The intervals hold for all modes together (Bonferroni).
 * @param assigned the mode of each point, [n], n >= 1, 0 to truth.length - 1; others are in no mode but count
 * @param effectiveSize independent draws that the sample is worth; n where it is left out
 */
export function modeWeightError(
  assigned: Int32Array,
  truth: readonly number[],
  effectiveSize = assigned.length,
  level = 0.95,
): ModeWeightError {
  const n = assigned.length;
  if (n === 0) throw new DiagnoseError('too-few-points', 'There are no points, so modes have no shares.');
  if (!(effectiveSize > 0)) throw new DiagnoseError('setting', `An effective sample size must be positive, not ${effectiveSize}.`);
  const counts = new Float64Array(truth.length);
  for (const k of assigned) if (k >= 0 && k < truth.length) counts[k]!++;
  const modes = truth.map((weight, k) => {
    const interval = wilson(counts[k]! / n, effectiveSize, 1 - (1 - level) / truth.length);
    return { ...interval, truth: weight, error: interval.share - weight, covered: interval.low <= weight && weight <= interval.high };
  });
  const errors = modes.map(({ error }) => Math.abs(error));
  return { modes, largest: Math.max(0, ...errors), misplaced: errors.reduce((a, b) => a + b, 0) / 2 };
}
