/** A finished fit as something to sample: found, read, and held against the energy file as it is now. */

import type { TracedEnergy } from '../../energy/traced';
import { runsFolder } from '../../runs/layout';
import { projectRoot } from '../../runs/projectRoot';
import { readRun, type Run } from '../../runs/runReader';
import { changedSince } from '../changedSince';
import { prepareFit } from '../fit/prepare';
import type { FitProblem } from '../fit/problem';
import { latestRunOf } from '../latestRunOf';
import { SampleError } from './sampleError';

export interface FittedRun {
  readonly run: Run;
  /** Step of the snapshot that the parameters are of. */
  readonly step: number;
  /** Parameters of the network, flat, without a learnt constant. */
  readonly params: Float32Array;
  /** The fit as it was prepared: standardisation, mixing density, noise levels. */
  readonly problem: FitProblem;
}

/** The project's newest fit of an energy that ended as it should. Throws SampleError where there is none. */
export function latestFit(traced: TracedEnergy, file: string): string {
  const done = latestRunOf(file, traced.name, ({ result, events }) => {
    const end = events.findLast((event) => event.type === 'end');
    return result !== null && end?.type === 'end' && end.status === 'done';
  });
  if (done) return done.directory;
  throw new SampleError(
    'run',
    `"${traced.name}" has parameters and no finished fit under ${runsFolder(projectRoot(file))}: fit it first with unblind fit, or name a run with --run DIR.`,
  );
}

/** Reads a fit and checks that it is of this energy, with these parameters and these data. Throws RunError, SampleError and what `prepareFit` throws. */
export async function fittedRun(traced: TracedEnergy, file: string, directory: string): Promise<FittedRun> {
  const run = readRun(directory);
  const { record } = run;
  if (record.energy !== traced.name)
    throw new SampleError('run', `${directory} is a fit of "${record.energy}", not of "${traced.name}"; choose with --energy or --run.`);
  const problem = await prepareFit(traced, { file, seed: record.seed, overrides: record.settings });
  const changed = changedSince(problem, record);
  if (changed)
    throw new SampleError(
      'run',
      changed.what === 'parameters'
        ? `the parameters of "${traced.name}" have changed since ${directory} was fitted; fit it again.`
        : `the data or the mixing density of "${traced.name}" have changed since ${directory} was fitted; fit it again.`,
    );
  const step = run.snapshots().at(-1)?.step;
  if (step === undefined) throw new SampleError('run', `${directory} has no snapshot to take parameters from; fit again.`);
  const flat = Float32Array.from(run.readSnapshot(step).params.data);
  const params = flat.slice(0, problem.initial.length);
  if (params.length < problem.initial.length || !params.every(Number.isFinite))
    throw new SampleError('run', `the last parameters of ${directory} are not all there or not finite; fit again.`);
  return { run, step, params, problem };
}
