/** A finished fit as something to sample: found, read, and held against the energy file as it is now. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TracedEnergy } from '../../energy/traced';
import { runsFolder } from '../../runs/layout';
import { projectRoot } from '../../runs/projectRoot';
import { readRun, type Run } from '../../runs/runReader';
import { prepareFit } from '../fit/prepare';
import type { FitProblem } from '../fit/problem';
import { SampleError } from './sampleError';

/** Own choice: moments of the same data differ by rounding only. */
const sameMoments = 1e-6;

export interface FittedRun {
  readonly run: Run;
  /** Step of the snapshot that the parameters are of. */
  readonly step: number;
  /** Parameters of the network, flat, without a learnt constant. */
  readonly params: Float32Array;
  /** The fit as it was prepared: standardisation, mixing density, noise levels. */
  readonly problem: FitProblem;
}

function attempt(directory: string): Run | undefined {
  try {
    return readRun(directory);
  } catch {
    // Damaged directories and runs of other kinds are no fits to choose from.
    return undefined;
  }
}

/** The project's newest fit of an energy that ended as it should. Throws SampleError where there is none. */
export function latestRun(traced: TracedEnergy, file: string): string {
  const folder = runsFolder(projectRoot(file));
  const directories = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const runs = directories.flatMap((directory) => attempt(directory) ?? []);
  const [newest] = runs
    .filter(({ record, result, events }) => {
      const end = events.findLast((event) => event.type === 'end');
      return record.file === file && record.energy === traced.name && result !== null && end?.type === 'end' && end.status === 'done';
    })
    .sort((a, b) => b.record.createdAt.localeCompare(a.record.createdAt));
  if (newest) return newest.directory;
  throw new SampleError(
    'run',
    `"${traced.name}" has parameters and no finished fit under ${folder}: fit it first with unblind fit, or name a run with --run DIR.`,
  );
}

/** Reads a fit and checks that it is of this energy, with these parameters and these data. Throws RunError, SampleError and what `prepareFit` throws. */
export async function fittedRun(traced: TracedEnergy, file: string, directory: string): Promise<FittedRun> {
  const run = readRun(directory);
  const { record } = run;
  if (record.energy !== traced.name)
    throw new SampleError('run', `${directory} is a fit of "${record.energy}", not of "${traced.name}"; choose with --energy or --run.`);
  const now = traced.params.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  const then = record.params.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  if (now !== then || record.dim !== traced.dim)
    throw new SampleError('run', `the parameters of "${traced.name}" have changed since ${directory} was fitted; fit it again.`);
  const problem = await prepareFit(traced, { file, seed: record.seed, overrides: record.settings });
  const { mean, scale } = record.standardization;
  const moved = (j: number): boolean =>
    Math.abs((problem.standardization.mean[j] ?? 0) - (mean[j] ?? 0)) > sameMoments * (scale[j] ?? 1) ||
    Math.abs((problem.standardization.scale[j] ?? 0) - (scale[j] ?? 0)) > sameMoments * (scale[j] ?? 1);
  if (mean.some((_, j) => moved(j)) || (record.mixing && record.mixing.description !== problem.mixing.description))
    throw new SampleError(
      'run',
      `the data or the mixing density of "${traced.name}" have changed since ${directory} was fitted; fit it again.`,
    );
  const step = run.snapshots().at(-1)?.step;
  if (step === undefined) throw new SampleError('run', `${directory} has no snapshot to take parameters from; fit again.`);
  const flat = Float32Array.from(run.readSnapshot(step).params.data);
  const params = flat.slice(0, problem.initial.length);
  if (params.length < problem.initial.length || !params.every(Number.isFinite))
    throw new SampleError('run', `the last parameters of ${directory} are not all there or not finite; fit again.`);
  return { run, step, params, problem };
}
