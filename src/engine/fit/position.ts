/** Where training is, and how a checkpoint keeps it. */

import { type Checkpoint, readCheckpoint } from '../../runs/checkpoint';
import { recordFile } from '../../runs/layout';
import { RunError } from '../../runs/runError';
import { LossLog } from './lossLog';
import { Minibatches } from './minibatches';
import type { FitProblem } from './problem';
import { initialState, type State } from './state';

/** All that the steps to come depend on, and what is kept of those done. */
export interface Position {
  readonly state: State;
  readonly batches: Minibatches;
  readonly log: LossLog;
  /** Seconds spent in training steps. */
  readonly seconds: number;
}

/** Before the first step. */
export function startPosition(problem: FitProblem): Position {
  return { state: initialState(problem), batches: new Minibatches(problem), log: new LossLog(problem.settings.steps), seconds: 0 };
}

/** @param program see `fitDigest` */
export function checkpointOf({ state, batches, log, seconds }: Position, program: string): Checkpoint {
  return { ...state, ...batches.state, losses: log.state, seconds, program };
}

/**
 * Where a run's checkpoint left off.
 * @param program digest of the fit as it is now, see `fitDigest`; undefined where the run is another version's, whose programs are others
 * @throws RunError where there is no checkpoint, a damaged one, or one of another program
 */
export function checkpointPosition(directory: string, problem: FitProblem, program: string | undefined): Position {
  const checkpoint = readCheckpoint(directory);
  const { step, vectors, losses, seconds } = checkpoint;
  if (program !== undefined && checkpoint.program !== program)
    throw new RunError(
      'not-resumable',
      `The energy, or the seed or a setting in ${recordFile}, has changed since ${directory} began, so it cannot go on; start a new fit.`,
    );
  const { steps, batch } = problem.settings;
  try {
    if (step > steps || vectors[0]!.length !== initialState(problem).vectors[0]!.length || checkpoint.rowsDrawn > step * batch)
      throw new RangeError('The checkpoint is of another fit.');
    return { state: { step, vectors }, batches: new Minibatches(problem, checkpoint), log: LossLog.from(steps, step, losses), seconds };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RunError('malformed', `The checkpoint in ${directory} is damaged or of another fit, so it cannot go on; start a new fit.`);
  }
}
