import { basename } from 'node:path';
import type { Executor } from '../../executors/executor';
import { objectives } from '../../objectives/objectives';
import type { RunInfo } from '../../shared/protocol';
import type { DataArrays } from './runEvaluation';
import type { FitProblem } from './problem';

/** What a view must know of a run that begins in a directory. */
export function runInfo(problem: FitProblem, executor: Executor, directory: string, { sample, truth }: DataArrays): RunInfo {
  const { settings, source } = problem;
  return {
    runDir: directory,
    id: basename(directory),
    file: problem.file,
    energy: problem.energy,
    dim: source.dim,
    objective: settings.objective,
    settings,
    seed: problem.seed,
    executor: executor.id,
    executorDetail: executor.detail,
    dataDescription: source.description,
    sample: sample.data,
    truth: truth?.data,
    mixingDescription: objectives[settings.objective].bridged ? problem.mixing.description : undefined,
    image: problem.image ?? undefined,
  };
}
