import { basename } from 'node:path';
import type { Candidate } from '../../executors/choose';
import type { Executor } from '../../executors/executor';
import { objectives } from '../../objectives/objectives';
import type { RunRecord } from '../../runs/record';
import { RunWriter } from '../../runs/runWriter';
import { version } from '../../shared/version';
import type { FitProblem } from './problem';

/** Makes the run directory of a fit and says in it what was asked. Throws RunError. */
export function startRun(directory: string, problem: FitProblem, executor: Executor, candidates: readonly Candidate[]): RunWriter {
  const { settings, standardization, source } = problem;
  const record: RunRecord = {
    format: 1,
    kind: 'fit',
    id: basename(directory),
    createdAt: new Date().toISOString(),
    unblind: version,
    node: process.version,
    platform: process.platform,
    file: problem.file,
    energy: problem.energy,
    dim: source.dim,
    objective: settings.objective,
    executor: executor.id,
    executorDetail: executor.detail,
    seed: problem.seed,
    settings,
    params: problem.paramNames.map((name, i) => ({ name, shape: [...problem.model.paramShapes[i]!] })),
    standardization: { mean: Array.from(standardization.mean), scale: Array.from(standardization.scale) },
    data: { description: source.description, rows: source.rows, known: source.distribution !== null },
    mixing: objectives[settings.objective].bridged ? { description: problem.mixing.description } : null,
  };
  const writer = RunWriter.create(directory, record);
  for (const { name, stepsPerSecond, refusal } of candidates) {
    const text =
      stepsPerSecond === undefined ? `executor ${name}: ${refusal ?? 'refused'}` : `executor ${name}: ${stepsPerSecond.toFixed(0)} steps/s`;
    writer.event({ type: 'note', level: 'info', text });
  }
  return writer;
}
