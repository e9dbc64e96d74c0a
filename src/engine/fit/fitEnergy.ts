import type { TracedEnergy } from '../../energy/traced';
import type { ExecutorChoice } from '../../executors/choose';
import { projectRoot } from '../../runs/projectRoot';
import { defaultRunDirectory } from '../../runs/runWriter';
import { prepareFit, type PrepareOptions } from './prepare';
import type { FitProblem } from './problem';
import { type FinishedFit, runFit, type RunOptions } from './runFit';
import { warmStart } from './warmStart';

export interface FitEnergyOptions extends PrepareOptions, RunOptions {
  readonly executor: ExecutorChoice;
  /** The run directory, to be made; by default a new one among the project's runs. */
  readonly directory?: string;
  /** A run whose last parameters are the initial ones where names and shapes agree. */
  readonly warmFrom?: string;
}

/**
 * From a traced energy to a finished run: the one way in which the command line and the editor's engine fit.
 * Throws EnergyFileError or DataError for what does not fit together, and what `runFit` throws.
 */
export async function fitEnergy(traced: TracedEnergy, options: FitEnergyOptions): Promise<FinishedFit & { readonly problem: FitProblem }> {
  const { seed, overrides, directory, warmFrom, file, ...run } = options;
  const prepared = await prepareFit(traced, { file, seed, overrides });
  const warm = warmFrom === undefined ? undefined : warmStart(prepared, warmFrom);
  const problem = warm ? { ...prepared, initial: warm.initial } : prepared;
  const finished = await runFit(problem, {
    ...run,
    directory: directory ?? (() => defaultRunDirectory(projectRoot(file), traced.name, problem.settings.objective, new Date())),
    notes: warm ? [warm.note] : [],
  });
  return { ...finished, problem };
}
