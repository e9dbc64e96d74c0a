/** Initial parameters from an earlier run. */

import { sizeOf } from '../../runs/arrays';
import { readRun } from '../../runs/runReader';
import type { FitProblem } from './problem';

/** What a warm start gave. */
export interface WarmStart {
  /** Flat parameters in the order of the problem's. */
  readonly initial: Float32Array;
  /** One line: which parameters were taken from where, and which start afresh. */
  readonly note: string;
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The parameters of a run's last snapshot by name, each with its shape. */
function lastParameters(directory: string): {
  step: number;
  id: string;
  byName: Map<string, { shape: readonly number[]; values: Float32Array }>;
} {
  const run = readRun(directory);
  const step = run.snapshots().at(-1)?.step ?? 0;
  const flat = Float32Array.from(run.readSnapshot(step).params.data);
  const byName = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  let begin = 0;
  for (const { name, shape } of run.record.params) {
    const values = flat.subarray(begin, begin + sizeOf(shape));
    begin += sizeOf(shape);
    // A record that promises more than the snapshot holds is not believed.
    if (begin <= flat.length) byName.set(name, { shape, values });
  }
  return { step, id: run.record.id, byName };
}

/**
 * Takes each parameter from the last snapshot of a run where the run has one of that name and shape, with finite values;
 * the others keep their initial values. The snapshot holds what was evaluated: the average where one was kept.
 * Throws RunError where the directory holds no run or the snapshot cannot be read.
 */
export function warmStart({ paramNames, model, initial }: FitProblem, directory: string): WarmStart {
  const { step, id, byName } = lastParameters(directory);
  const out = initial.slice();
  const taken: string[] = [];
  const fresh: string[] = [];
  let begin = 0;
  paramNames.forEach((name, i) => {
    const shape = model.paramShapes[i]!;
    const found = byName.get(name);
    if (found && sameShape(found.shape, shape) && found.values.every(Number.isFinite)) {
      out.set(found.values, begin);
      taken.push(name);
    } else fresh.push(name);
    begin += sizeOf(shape);
  });
  const where = `step ${step} of ${id}`;
  if (taken.length === 0)
    return { initial: out, note: `warm start: no parameter of ${where} has the name and shape of one here, all start afresh` };
  const rest = fresh.length === 0 ? '' : `; afresh: ${fresh.join(', ')}`;
  return { initial: out, note: `warm start from ${where}: ${taken.join(', ')}${rest}` };
}
