import type { CompiledLoop, Executor } from '../../executors/executor';
import type { RunResult } from '../../runs/record';
import type { RunWriter } from '../../runs/runWriter';
import type { FitHooks } from './hooks';
import { trainingNotes } from './notes';
import type { Position } from './position';
import type { FitProblem } from './problem';
import { createEvaluation, type RunEvaluation } from './runEvaluation';
import { runInfo } from './runInfo';
import { evaluated } from './state';
import { train, type Trained } from './train';

export interface FitOutcome {
  readonly result: RunResult;
  /** Whether it was stopped before its last step. */
  readonly interrupted: boolean;
}

/** A training step, ready to run. */
export interface Compiled {
  readonly executor: Executor;
  /** The step, compiled by the executor. */
  readonly loop: CompiledLoop;
  /** See `fitDigest`. */
  readonly program: string;
  /** See `TrainingParts`. */
  readonly checkpointMs?: number | undefined;
}

/** Runs one fit from a position to its end. Throws DivergedError where it stops being a number, RunError where the directory cannot be written. */
export async function fit(
  problem: FitProblem,
  { executor, loop, program, checkpointMs }: Compiled,
  position: Position,
  writer: RunWriter,
  hooks: FitHooks = {},
): Promise<FitOutcome> {
  const evaluation = await createEvaluation(executor, problem);
  try {
    const data = evaluation.dataArrays();
    writer.data({ ...data });
    hooks.onStart?.(runInfo(problem, executor, writer.directory, data));
    const trained = await train({ problem, loop, position, program, checkpointMs, evaluation, writer, hooks });
    await hooks.control?.wayIsFree();
    hooks.onStage?.('Measuring the result');
    return { result: await finish(problem, executor, evaluation, writer, trained, hooks), interrupted: trained.interrupted };
  } finally {
    await evaluation.dispose();
  }
}

async function finish(
  problem: FitProblem,
  executor: Executor,
  evaluation: RunEvaluation,
  writer: RunWriter,
  { state, seconds, loss, lastGradientNorm, interrupted }: Trained,
  { onFrame, control }: FitHooks,
): Promise<RunResult> {
  const flat = evaluated(problem, state);
  const measured = await evaluation.evaluate(flat);
  const result: RunResult = {
    runDir: writer.directory,
    energy: problem.energy,
    objective: problem.settings.objective,
    executor: executor.id,
    seed: problem.seed,
    steps: state.step,
    seconds,
    stepsPerSecond: state.step / seconds,
    finalLoss: loss,
    logZ: measured.logZ?.value ?? null,
    logZStdErr: measured.logZ?.stdErr ?? null,
    negativeMass: measured.negativeMass,
    kl: measured.kl?.value ?? null,
    klStdErr: measured.kl?.stdErr ?? null,
    gridMass: measured.gridMass,
    modes: measured.modes,
    ...(measured.scoreError && { scoreError: measured.scoreError }),
    notes: [...trainingNotes(problem.settings, { initial: problem.initial, flat, lastGradientNorm }), ...measured.notes],
  };
  writer.result(result);
  writer.event(
    interrupted ? { type: 'end', status: 'interrupted', reason: `stopped after step ${state.step}` } : { type: 'end', status: 'done' },
  );
  if (!interrupted) writer.dropCheckpoint();
  if (onFrame) {
    // The last frame shows the figures of the result, which are finer than a live frame's.
    const { kl, negativeMass, modes, logZ, logZStdErr } = result;
    const exact = { kl, negativeMass, modes, logZ, logZStdErr: logZStdErr ?? NaN };
    onFrame({ step: state.step, ...(await evaluation.frame(flat, control?.takeView())), ...exact });
  }
  return result;
}
