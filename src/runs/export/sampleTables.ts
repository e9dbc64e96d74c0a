/** Particles and figures of a sampler run for other programs. */

import type { NamedArray } from '../arrays';
import { encodeNpz } from '../arrays';
import { writeFileAtomic } from '../atomicFile';
import { RunError } from '../runError';
import type { SampleRun } from '../runReader';
import { figureNames, type SampleProgressEvent } from '../sampleRecord';
import { coordinateNames, csvTables, matrixRows } from './csv';
import { prefixed, vector } from './npz';
import { outputFile } from './outputFile';

function progressOf(run: SampleRun): SampleProgressEvent[] {
  return run.events.filter((event): event is SampleProgressEvent => event.type === 'progress');
}

function lastParticles(run: SampleRun): NamedArray {
  const step = run.snapshots().at(-1)?.step;
  if (step === undefined) throw new RunError('missing-snapshot', `${run.directory} holds no particles: it has no snapshot.`);
  return run.readSnapshot(step).samples;
}

/** Writes `particles`, `modes`, `figures` and `data` as CSV tables, named as by `exportCsv`. Throws RunError. */
export async function exportSampleCsv(run: SampleRun, out: string): Promise<string[]> {
  const { paths, write } = csvTables(out);
  const names = coordinateNames(run.record.dim);
  write('particles', names, matrixRows(lastParticles(run)));
  write(
    'modes',
    ['label', ...names, 'weight', 'weightStdErr', 'ownWeight', 'dataWeight'],
    (run.result?.modes ?? []).map((mode) => [
      mode.label,
      ...mode.center,
      mode.weight,
      mode.weightStdErr,
      mode.ownWeight ?? Number.NaN,
      mode.dataWeight ?? Number.NaN,
    ]),
  );
  write(
    'figures',
    ['step', 'time', ...figureNames],
    progressOf(run).map(({ step, time, figures }) => [step, time, ...figureNames.map((name) => figures[name] ?? Number.NaN)]),
  );
  const sample = run.readData()?.sample ?? null;
  if (sample !== null) write('data', names, matrixRows(sample));
  return Promise.resolve(paths);
}

/**
 * Writes one .npz file: `out`, or `run.npz` in it where it is a directory. It holds the last particles as `particles`, those of every
 * snapshot as `step_<step>_samples`, figures as `figure_*`, modes as `mode_*`, the data as `data_*`, and the texts `run.json` and
 * `result.json`. Throws RunError.
 */
export async function exportSampleNpz(run: SampleRun, out: string): Promise<string[]> {
  const progress = progressOf(run);
  const modes = run.result?.modes ?? [];
  const arrays: Record<string, NamedArray> = {
    particles: lastParticles(run),
    mode_center: { shape: [modes.length, run.record.dim], data: Float64Array.from(modes.flatMap((mode) => mode.center)) },
    mode_weight: vector(modes.map((mode) => mode.weight)),
    mode_ownWeight: vector(modes.map((mode) => mode.ownWeight ?? Number.NaN)),
    mode_dataWeight: vector(modes.map((mode) => mode.dataWeight ?? Number.NaN)),
    figure_step: vector(progress.map(({ step }) => step)),
    figure_time: vector(progress.map(({ time }) => time)),
    ...prefixed('data', run.readData()?.arrays ?? {}),
  };
  for (const name of figureNames) arrays[`figure_${name}`] = vector(progress.map(({ figures }) => figures[name] ?? Number.NaN));
  for (const { step } of run.snapshots()) Object.assign(arrays, prefixed(`step_${step}`, run.readSnapshot(step).arrays));
  const texts = { 'run.json': JSON.stringify(run.record), ...(run.result === null ? {} : { 'result.json': JSON.stringify(run.result) }) };
  const path = outputFile(out, 'run.npz');
  writeFileAtomic(path, encodeNpz(arrays, texts));
  return Promise.resolve([path]);
}
