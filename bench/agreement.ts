/** Whether all contestants compute the same: loss and gradient norm of the first steps from the same numbers. */

import type { Prepared } from './protocol';
import { relativeDifference } from './statistics';

/** Allowed difference relative to the larger figure: a few hundred roundings of float32. */
export const tolerance = 1e-4;

export interface Answer extends Prepared {
  readonly name: string;
}

export interface Agreement {
  readonly name: string;
  /** Of the first step. */
  readonly loss: number;
  readonly gradientNorm: number;
  /** Largest relative difference from the reference over the steps that both took. */
  readonly difference: number;
  readonly agrees: boolean;
}

/** Each answer against the reference: steps after the first show that the optimisers agree too. */
export function agreements(reference: Prepared, answers: readonly Answer[]): Agreement[] {
  return answers.map(({ name, losses, gradientNorms }) => {
    const differences = losses.flatMap((loss, step) => [
      relativeDifference(loss, reference.losses[step] ?? Number.NaN),
      relativeDifference(gradientNorms[step]!, reference.gradientNorms[step] ?? Number.NaN),
    ]);
    const difference = Math.max(...differences);
    return { name, loss: losses[0]!, gradientNorm: gradientNorms[0]!, difference, agrees: difference <= tolerance };
  });
}
