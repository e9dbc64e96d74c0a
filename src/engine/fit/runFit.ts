import { chooseExecutor, type Chosen, type ChoiceOptions, type ExecutorChoice } from '../../executors/choose';
import type { Candidate, ChoiceMemory } from '../../executors/choiceMemory';
import type { LoopInputs } from '../../executors/trial';
import { trainingStep, type TrainingStep } from '../../objectives/trainingStep';
import type { RunResult } from '../../runs/record';
import type { RunPlace } from '../../runs/runPlace';
import type { RunWriter } from '../../runs/runWriter';
import { DivergedError } from './diverged';
import { fit } from './fit';
import { fitDigest } from './fitDigest';
import type { FitHooks } from './hooks';
import { Minibatches } from './minibatches';
import { checkpointOf, type Position, startPosition } from './position';
import type { FitProblem } from './problem';
import { startRun } from './startRun';
import { initialState } from './state';

/** How a run begins: with a directory of its own, or where an earlier process left it. */
export interface Beginning {
  /** What the user should see while the executor is opened. */
  readonly stage: string;
  readonly choose: (step: TrainingStep, inputs: LoopInputs, options: ChoiceOptions) => Promise<Chosen>;
  /** @param program see `fitDigest`. @throws RunError */
  readonly open: (chosen: Chosen, program: string) => Begun;
}

/** A directory to write to, where training starts, and what the reader should know about that. */
export interface Begun {
  readonly writer: RunWriter;
  readonly position: Position;
  readonly notes: readonly string[];
}

/** Settings of the machine rather than of the fit. */
export interface RunOptions {
  readonly threads?: number;
  /** Choices of `auto` for earlier fits; without it `auto` measures. */
  readonly memory?: ChoiceMemory;
  /** See `TrainingParts`. */
  readonly checkpointMs?: number;
  readonly hooks?: FitHooks;
}

export interface RunFitOptions extends RunOptions {
  /** The run directory, to be made. */
  readonly directory: RunPlace;
  readonly executor: ExecutorChoice;
  /** What the run directory should say about the start. */
  readonly notes?: readonly string[];
}

export interface FinishedFit {
  readonly result: RunResult;
  /** What `auto` measured; empty where the executor was named. */
  readonly candidates: readonly Candidate[];
  /** The executor in words. */
  readonly detail: string;
  /** Whether it was stopped before its last step. */
  readonly interrupted: boolean;
  /** What the reader should know: about the start, then about the result. */
  readonly notes: readonly string[];
}

/** Fits in a directory of its own. What it throws is what `runFrom` throws. */
export function runFit(problem: FitProblem, { directory, executor, notes = [], ...options }: RunFitOptions): Promise<FinishedFit> {
  const beginning: Beginning = {
    stage: executor === 'auto' ? 'Choosing the fastest executor' : `Opening the executor ${executor}`,
    choose: (step, inputs, choice) => chooseExecutor(executor, step, inputs, choice),
    open: (chosen, program) => {
      const position = startPosition(problem);
      return { writer: startRun(directory, problem, chosen, checkpointOf(position, program)), position, notes };
    },
  };
  return runFrom(problem, beginning, options);
}

/** Chooses the executor, opens the run directory, fits, and leaves the directory complete whatever happens. */
export async function runFrom(problem: FitProblem, beginning: Beginning, options: RunOptions): Promise<FinishedFit> {
  const { settings } = problem;
  const { hooks, threads, memory, checkpointMs } = options;
  const step = trainingStep({ model: problem.model, settings, mixingLogDensity: problem.mixing.logDensity, sigma: problem.sigma });
  const program = fitDigest(step, problem);
  const trial = new Minibatches(problem);
  const inputs = { state: [...initialState(problem).vectors], perStep: (steps: number) => trial.next(0, steps) };
  hooks?.onStage?.(beginning.stage);
  const chosen = await beginning.choose(step, inputs, { ...(threads !== undefined && { threads }), ...(memory && { memory }) });
  const { executor, loop, candidates } = chosen;
  try {
    const { writer, position, notes } = beginning.open(chosen, program);
    try {
      hooks?.onDirectory?.(writer.directory);
      for (const text of notes) writer.event({ type: 'note', level: 'info', text });
      const { result, interrupted } = await fit(problem, { executor, loop, program, checkpointMs }, position, writer, hooks);
      writer.close();
      return { result, interrupted, candidates, detail: executor.detail, notes: [...notes, ...result.notes] };
    } catch (error) {
      writer.abandon(error instanceof Error ? error.message : String(error));
      throw error instanceof DivergedError ? error.withDirectory(writer.directory) : error;
    }
  } finally {
    await loop.dispose();
    await executor.dispose();
  }
}
