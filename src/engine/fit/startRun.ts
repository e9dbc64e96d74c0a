import { basename } from 'node:path';
import type { Chosen } from '../../executors/choose';
import { objectives } from '../../objectives/objectives';
import type { Checkpoint } from '../../runs/checkpoint';
import type { RunRecord } from '../../runs/record';
import { inFreeDirectory, type RunPlace } from '../../runs/runPlace';
import { RunWriter } from '../../runs/runWriter';
import { version } from '../../shared/version';
import type { FitProblem } from './problem';

/**
 * Makes the run directory of a fit and says in it what was asked.
 * @param checkpoint of the position before the first step
 * @throws RunError
 */
export function startRun(
  place: RunPlace,
  problem: FitProblem,
  { executor, candidates, measuredAt }: Chosen,
  checkpoint: Checkpoint,
): RunWriter {
  const { settings, standardization, source } = problem;
  const record: Omit<RunRecord, 'format' | 'id'> = {
    kind: 'fit',
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
    ...(problem.image && { image: problem.image }),
  };
  const writer = inFreeDirectory(place, (directory) =>
    RunWriter.create(directory, { format: 1, id: basename(directory), ...record }, checkpoint),
  );
  const when = measuredAt === undefined ? '' : `, measured for an earlier fit at ${measuredAt}`;
  for (const { name, stepsPerSecond, refusal } of candidates) {
    const found = stepsPerSecond === undefined ? (refusal ?? 'refused') : `${stepsPerSecond.toFixed(0)} steps/s`;
    const text = `executor ${name}: ${found}${when}`;
    writer.event({ type: 'note', level: 'info', text });
  }
  return writer;
}
