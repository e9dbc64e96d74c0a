/** Which steps of a run are kept, and how. */

import { ExecutorError } from '../../executors/executor';
import type { RunWriter } from '../../runs/runWriter';
import type { FitProblem } from './problem';
import type { RunEvaluation } from './runEvaluation';
import { evaluated, type State } from './state';

const snapshotCount = 14;

/** Steps after which a snapshot is kept: 0, log-spaced numbers, and the last. */
export function snapshotSteps(steps: number): number[] {
  const spaced = Array.from({ length: snapshotCount - 1 }, (_, i) => Math.round(steps ** ((i + 1) / (snapshotCount - 1))));
  return [...new Set([0, ...spaced, steps])].filter((s) => s <= steps).sort((a, b) => a - b);
}

/** Writes a snapshot with its pictures, and the KL where it is known. */
export async function keepSnapshot(problem: FitProblem, evaluation: RunEvaluation, writer: RunWriter, state: State): Promise<void> {
  const flat = evaluated(problem, state);
  const kl = await evaluation.quickKl(flat);
  writer.snapshot(state.step, await evaluation.snapshot(flat));
  if (kl !== undefined) writer.event({ type: 'kl', step: state.step, kl });
}

/** A snapshot of the last finite parameters; the pictures may fail on them, the parameters are kept all the same. */
export async function keepLastGood(problem: FitProblem, evaluation: RunEvaluation, writer: RunWriter, state: State): Promise<void> {
  try {
    writer.snapshot(state.step, await evaluation.snapshot(evaluated(problem, state)));
  } catch (error) {
    if (error instanceof ExecutorError) throw error;
    const flat = evaluated(problem, state);
    writer.snapshot(state.step, { params: { shape: [flat.length], data: flat } });
  }
}
