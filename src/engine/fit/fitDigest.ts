import { createHash } from 'node:crypto';
import { programDigest } from '../../executors/fingerprint';
import type { LoopProgram } from '../../executors/executor';
import type { FitProblem } from './problem';

/**
 * A name for what the steps of a fit compute, SHA-256 in hexadecimal digits: the training step as a program, and the seed and the settings,
 * from which minibatches, learning rates and the number of steps follow.
 */
export function fitDigest(step: LoopProgram, { seed, settings }: Pick<FitProblem, 'seed' | 'settings'>): string {
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(programDigest(step))
    .update(JSON.stringify([seed, Object.fromEntries(sorted)]))
    .digest('hex');
}
