import { basename } from 'node:path';
import type { Candidate } from '../../executors/choiceMemory';
import type { Executor } from '../../executors/executor';
import type { NamedArrays } from '../../runs/arrays';
import { inFreeDirectory, type RunPlace } from '../../runs/runPlace';
import type { SampleRecord } from '../../runs/sampleRecord';
import { RunWriter } from '../../runs/runWriter';
import { version } from '../../shared/version';
import type { SamplePicture } from '../../shared/sampleProtocol';
import type { SampleProblem } from './sampleProblem';

const shownRows = 2000;

/** What is known of the run besides what was asked. */
export interface SampleRunParts {
  readonly executor: Executor;
  /** What `auto` measured. */
  readonly candidates: readonly Candidate[];
  readonly notes: readonly string[];
  readonly picture: SamplePicture | undefined;
}

/** Makes the run directory of a sampler and says in it what was asked. Throws RunError. */
export function startSampleRun(
  place: RunPlace,
  problem: SampleProblem,
  { executor, candidates, notes, picture }: SampleRunParts,
): RunWriter<'sample'> {
  const { traced, file, seed, sampler, options, target, start } = problem;
  const { dim } = traced;
  const { source } = target;
  const record: Omit<SampleRecord, 'format' | 'id'> = {
    kind: 'sample',
    createdAt: new Date().toISOString(),
    unblind: version,
    node: process.version,
    platform: process.platform,
    file,
    energy: traced.name,
    dim,
    sampler: sampler.name,
    options,
    particles: start.rows.length / dim,
    target: target.record,
    start: { kind: start.kind, description: start.description, ...(start.path !== undefined && { path: start.path }) },
    data: source && { description: source.description, rows: source.rows, known: source.distribution !== null },
    executor: executor.id,
    executorDetail: executor.detail,
    seed,
  };
  const writer = inFreeDirectory(place, (directory) => RunWriter.create(directory, { format: 1, id: basename(directory), ...record }));
  const rows = source?.overview(shownRows);
  const arrays = {
    ...(rows && { sample: { shape: [rows.length / dim, dim], data: Float32Array.from(rows) } }),
    ...(picture && pictureArrays(picture)),
  };
  if (Object.keys(arrays).length > 0) writer.data(arrays);
  for (const { name, stepsPerSecond, refusal } of candidates) {
    const text =
      stepsPerSecond === undefined
        ? `executor ${name}: ${refusal ?? 'refused'}`
        : `executor ${name}: ${stepsPerSecond.toFixed(0)} scores/s`;
    writer.event({ type: 'note', level: 'info', text });
  }
  for (const text of notes) writer.event({ type: 'note', level: 'info', text });
  return writer;
}

function pictureArrays({ density, score }: SamplePicture): NamedArrays {
  return {
    density: { shape: density.shape, data: density.values },
    extent: { shape: [density.extent.length], data: Float64Array.from(density.extent) },
    score: { shape: score.shape, data: score.values },
  };
}
