/** Whether a model shares its mass between the modes as the data does. */

import { fineWeightError, worstMode, wrongWeightError } from '../shared/modeWeights';
import type { FrameMode } from '../shared/protocol';

/** Shares below which a mode of the data counts as absent. */
const absent = 0.01;
/** A mode that holds less than this part of its share in the data is missed. */
const missedPart = 0.2;

export interface ModeJudgement {
  readonly status: 'pass' | 'warn' | 'fail';
  /** Largest distance of a weight from the data's, and the mode that has it. */
  readonly error: number;
  readonly worst: FrameMode | undefined;
  /** Modes of the model that the data does not have. */
  readonly spurious: readonly FrameMode[];
  /** Modes of the data that the model hardly has. */
  readonly missed: readonly FrameMode[];
}

/** Judges weights by their distance from the data's; what two standard errors explain is fine. */
export function judgeModes(modes: readonly FrameMode[]): ModeJudgement {
  const worst = worstMode(modes);
  const { error, stdErr } = worst ?? { error: 0, stdErr: 0 };
  const allowed = (limit: number): boolean => error <= Math.max(limit, 2 * stdErr);
  return {
    status: allowed(fineWeightError) ? 'pass' : allowed(wrongWeightError) ? 'warn' : 'fail',
    error,
    worst: worst?.mode,
    spurious: modes.filter(({ weight, dataWeight }) => dataWeight < absent && weight > fineWeightError),
    missed: modes.filter(({ weight, dataWeight }) => dataWeight >= fineWeightError && weight < missedPart * dataWeight),
  };
}
