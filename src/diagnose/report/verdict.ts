import { unvisited } from './evidence';
import type { BlindnessInput, VisibilityFacts } from './reportTypes';
import type { Verdict } from '../../shared/diagnosis';

/** Rows of data that are assumed where there are none. Own choice. */
export const assumedRows = 10_000;
/** A change is seen where it is this many standard errors of the loss. */
const standardErrors = 2;
/** Below this share of the visibility of a change of shape, FD is called blind even to those with more data. Own choice. */
const blindShare = 0.01;

/** Sampling noise of the change of the Fisher loss with so many rows. */
export function samplingNoise({ fisher }: VisibilityFacts, rows: number | undefined): number {
  return fisher.deviation / Math.sqrt(rows ?? assumedRows);
}

/** Rows with which the change would be two standard errors of the loss. */
export function rowsToSee({ change, deviation }: { change: number; deviation: number }): number {
  return (standardErrors * deviation) ** 2 / change ** 2;
}

/**
 * Blind: at least two modes, and moving 30 % of the heavier side's mass changes the Fisher loss by less than twice its sampling noise at
 * the data's size, and is a hundred times less visible than a change of shape. Cannot tell: the weights are not known, or modes may exist
 * that nothing has visited. Blindness that was found stands even if there may be more modes, unless the density has no integral.
 */
export function verdictOf(input: BlindnessInput): Verdict {
  const { modes, visibility, evidence, reliable, rows } = input;
  const doubt = unvisited(evidence);
  if (modes.length === 0 || doubt?.improper) return 'cannot tell';
  if (visibility && reliable) {
    const hidden = visibility.fisher.change < standardErrors * samplingNoise(visibility, rows);
    if (hidden && visibility.fisher.visibility < blindShare * visibility.shape) return 'blind';
  }
  return doubt || !reliable ? 'cannot tell' : 'sees';
}
