import { chooseExecutor, type ExecutorChoice } from '../../executors/choose';
import type { Candidate, ChoiceMemory } from '../../executors/choiceMemory';
import { objectives } from '../../objectives/objectives';
import { trainingStep } from '../../objectives/trainingStep';
import type { RunResult } from '../../runs/record';
import { Random } from '../../shared/random';
import { DivergedError } from './diverged';
import { fit } from './fit';
import type { FitHooks } from './hooks';
import { Minibatches } from './minibatches';
import type { FitProblem } from './problem';
import { type RunPlace, startRun } from './startRun';
import { initialState } from './state';

export interface RunFitOptions {
  /** The run directory, to be made. */
  readonly directory: RunPlace;
  readonly executor: ExecutorChoice;
  readonly threads?: number;
  /** Choices of `auto` for earlier fits; without it `auto` measures. */
  readonly memory?: ChoiceMemory;
  /** What the run directory should say about the start. */
  readonly notes?: readonly string[];
  readonly hooks?: FitHooks;
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

/** Chooses the executor, makes the run directory, fits, and leaves the directory complete whatever happens. */
export async function runFit(problem: FitProblem, options: RunFitOptions): Promise<FinishedFit> {
  const { settings } = problem;
  const { notes = [], hooks } = options;
  const step = trainingStep({ model: problem.model, settings, mixingLogDensity: problem.mixing.logDensity, sigma: problem.sigma });
  const trial = new Minibatches(
    objectives[settings.objective],
    settings,
    problem.source,
    problem.mixing,
    problem.standardization,
    problem.levels,
    new Random(problem.seed),
  );
  const inputs = { state: [...initialState(problem).vectors], perStep: (steps: number) => trial.next(0, steps) };
  hooks?.onStage?.(options.executor === 'auto' ? 'Choosing the fastest executor' : `Opening the executor ${options.executor}`);
  const { threads, memory } = options;
  const chosen = await chooseExecutor(options.executor, step, inputs, {
    ...(threads !== undefined && { threads }),
    ...(memory && { memory }),
  });
  const { executor, loop, candidates } = chosen;
  try {
    const writer = startRun(options.directory, problem, chosen);
    try {
      hooks?.onDirectory?.(writer.directory);
      for (const text of notes) writer.event({ type: 'note', level: 'info', text });
      const { result, interrupted } = await fit(problem, loop, executor, writer, hooks);
      return { result, interrupted, candidates, detail: executor.detail, notes: [...notes, ...result.notes] };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      writer.event({ type: 'end', status: 'failed', reason });
      throw error instanceof DivergedError ? error.withDirectory(writer.directory) : error;
    } finally {
      writer.close();
    }
  } finally {
    await loop.dispose();
    await executor.dispose();
  }
}
