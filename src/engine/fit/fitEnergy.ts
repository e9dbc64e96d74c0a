import type { TracedEnergy } from '../../energy/traced';
import type { ExecutorChoice } from '../../executors/choose';
import type { ChoiceMemory } from '../../executors/choiceMemory';
import { projectRoot } from '../../runs/projectRoot';
import { defaultRunDirectory } from '../../runs/runWriter';
import type { FitHooks } from './hooks';
import { prepareFit, type PrepareOptions } from './prepare';
import type { FitProblem } from './problem';
import { type FinishedFit, runFit } from './runFit';
import { warmStart } from './warmStart';

export interface FitEnergyOptions extends PrepareOptions {
  readonly executor: ExecutorChoice;
  readonly threads?: number;
  /** Choices of `auto` for earlier fits; without it `auto` measures. */
  readonly memory?: ChoiceMemory;
  /** The run directory, to be made; by default a new one among the project's runs. */
  readonly directory?: string;
  /** A run whose last parameters are the initial ones where names and shapes agree. */
  readonly warmFrom?: string;
  readonly hooks?: FitHooks;
}

/**
 * From a traced energy to a finished run: the one way in which the command line and the editor's engine fit.
 * Throws EnergyFileError or DataError for what does not fit together, and what `runFit` throws.
 */
export async function fitEnergy(traced: TracedEnergy, options: FitEnergyOptions): Promise<FinishedFit & { readonly problem: FitProblem }> {
  const { executor, threads, memory, hooks, warmFrom, file } = options;
  const prepared = await prepareFit(traced, options);
  const warm = warmFrom === undefined ? undefined : warmStart(prepared, warmFrom);
  const problem = warm ? { ...prepared, initial: warm.initial } : prepared;
  const finished = await runFit(problem, {
    directory: options.directory ?? (() => defaultRunDirectory(projectRoot(file), traced.name, problem.settings.objective, new Date())),
    executor,
    notes: warm ? [warm.note] : [],
    ...(threads !== undefined && { threads }),
    ...(memory && { memory }),
    ...(hooks && { hooks }),
  });
  return { ...finished, problem };
}
