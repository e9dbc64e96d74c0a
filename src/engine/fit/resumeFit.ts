/** A run that was cut off, stopped or failed goes on from its checkpoint, in its own directory. */

import { ApiError } from '../../energy/api/apiError';
import { checkFit } from '../../energy/api/fit';
import type { TracedEnergy } from '../../energy/traced';
import { chooseExecutor, type ExecutorChoice } from '../../executors/choose';
import { ExecutorError, executorIds } from '../../executors/executor';
import { liveOwner, stillGoingOn } from '../../runs/owner';
import type { RunRecord } from '../../runs/record';
import { RunError } from '../../runs/runError';
import { readUnfinishedRun, type Run } from '../../runs/runReader';
import { RunWriter } from '../../runs/runWriter';
import type { FitSettings } from '../../shared/settings';
import { version } from '../../shared/version';
import { changedSince } from '../changedSince';
import { checkpointPosition } from './position';
import { prepareFit } from './prepare';
import type { FitProblem } from './problem';
import { type Beginning, type FinishedFit, runFrom, type RunOptions } from './runFit';

export interface ResumeOptions extends RunOptions {
  /** `auto` takes the one that the run has had, if it is there. */
  readonly executor: ExecutorChoice;
}

/** The run of a directory, if it can go on. Throws RunError where it has ended as asked, or still goes on. */
export function resumableRun(directory: string): Run {
  const run = readUnfinishedRun(directory);
  const owner = liveOwner(directory);
  if (owner) throw stillGoingOn(directory, owner);
  if (!Number.isSafeInteger(run.record.seed)) throw new RunError('malformed', `The seed of ${directory} is not a whole number.`);
  const end = run.events.at(-1);
  if (end?.type === 'end' && end.status === 'done')
    throw new RunError(
      'not-resumable',
      `${directory} is finished: all ${run.record.settings.steps} steps are done, nothing is left to resume.`,
    );
  return run;
}

/** Settings of a record, which may come from a stranger, in the bounds of an energy file's. Throws RunError. */
function settingsIn({ settings }: RunRecord, { network }: TracedEnergy, directory: string): Partial<FitSettings> {
  try {
    return checkFit(settings, network);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new RunError('malformed', `The settings of ${directory} cannot be: ${error.message}`);
  }
}

/** Throws RunError where the parameters, the data or the mixing density are not those that the run began with. */
function checkUnchanged(problem: FitProblem, { record, directory }: Run): void {
  const changed = changedSince(problem, record);
  if (!changed) return;
  const lists = changed.what === 'parameters' ? ` (now ${changed.lists.now}; then ${changed.lists.then})` : '';
  const verb = changed.what === 'mixing density' ? 'has' : 'have';
  throw new RunError(
    'not-resumable',
    `The ${changed.what} of "${record.energy}" ${verb} changed since ${directory} began${lists}, so it cannot go on; start a new fit.`,
  );
}

/** Why the steps to come may differ in their last bits from those of an undisturbed run. */
function differences({ executor, unblind }: RunRecord, now: string): string[] {
  const notes: string[] = [];
  if (now !== executor)
    notes.push(`it goes on with executor ${now} after ${executor}: numbers may differ in their last bits from an undisturbed run's`);
  if (unblind !== version) notes.push(`it goes on with Unblind ${version} after ${unblind}: numbers may differ from an undisturbed run's`);
  return notes;
}

function beginningOf(run: Run, problem: FitProblem, wanted: ExecutorChoice): Beginning {
  const { record, directory } = run;
  const recorded = executorIds.find((id) => id === record.executor) ?? 'auto';
  const first = wanted === 'auto' ? recorded : wanted;
  return {
    stage: `Opening the executor ${first}`,
    choose: async (step, inputs, options) => {
      try {
        return await chooseExecutor(first, step, inputs, options);
      } catch (error) {
        if (!(error instanceof ExecutorError) || wanted !== 'auto' || first === 'auto') throw error;
        return chooseExecutor('auto', step, inputs, options);
      }
    },
    open: ({ executor }, program) => {
      const writer = RunWriter.resume(directory);
      try {
        const position = checkpointPosition(directory, problem, record.unblind === version ? program : undefined);
        const { step } = position.state;
        writer.resumed(step, executor.id);
        const goesOn = step === 0 ? 'resumed from its first step' : `resumed after step ${step}`;
        return { writer, position, notes: [goesOn, ...differences(record, executor.id)] };
      } catch (error) {
        writer.abandon();
        throw error;
      }
    },
  };
}

/**
 * Goes on with a run to the result of an undisturbed one, bit for bit on the same executor.
 * @param traced its energy, loaded from `record.file` with `record.energy` and `record.seed`
 * @param run from `resumableRun`
 * @throws RunError where what it fits has changed or its checkpoint is missing or damaged, and what `runFrom` throws
 */
export async function resumeFit(
  traced: TracedEnergy,
  run: Run,
  { executor, ...options }: ResumeOptions,
): Promise<FinishedFit & { readonly problem: FitProblem }> {
  const { file, seed } = run.record;
  const problem = await prepareFit(traced, { file, seed, overrides: settingsIn(run.record, traced, run.directory) });
  checkUnchanged(problem, run);
  return { ...(await runFrom(problem, beginningOf(run, problem, executor), options)), problem };
}
