import { basename } from 'node:path';
import type { Chosen } from '../../executors/choose';
import { objectives } from '../../objectives/objectives';
import type { Checkpoint } from '../../runs/checkpoint';
import type { RunRecord } from '../../runs/record';
import { RunError } from '../../runs/runError';
import { RunWriter } from '../../runs/runWriter';
import { version } from '../../shared/version';
import type { FitProblem } from './problem';

/** Where a run goes: a directory, or names to try one after the other, each free when it was asked for. */
export type RunPlace = string | (() => string);

/** Between a look for a free name and its use another process can take it; that it does so again and again is no accident. */
const mostNames = 10;

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
  const writer = makeDirectory(place, record, checkpoint);
  const when = measuredAt === undefined ? '' : `, measured for an earlier fit at ${measuredAt}`;
  for (const { name, stepsPerSecond, refusal } of candidates) {
    const found = stepsPerSecond === undefined ? (refusal ?? 'refused') : `${stepsPerSecond.toFixed(0)} steps/s`;
    const text = `executor ${name}: ${found}${when}`;
    writer.event({ type: 'note', level: 'info', text });
  }
  return writer;
}

function makeDirectory(place: RunPlace, record: Omit<RunRecord, 'format' | 'id'>, checkpoint: Checkpoint): RunWriter {
  for (let names = 1; ; names++) {
    const directory = typeof place === 'string' ? place : place();
    try {
      return RunWriter.create(directory, { format: 1, id: basename(directory), ...record }, checkpoint);
    } catch (error) {
      const taken = error instanceof RunError && error.code === 'already-exists';
      if (!taken || typeof place === 'string' || names === mostNames) throw error;
    }
  }
}
