import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpz } from './arrays';
import type { NamedArrays } from './arrays';
import type { ParticleSnapshot, RunData, Snapshot } from './checkArrays';
import { checkData, checkParticles, checkSnapshot } from './checkArrays';
import { checkEvent } from './checkEvent';
import { checkAnyRecord } from './checkRecord';
import { checkResult } from './checkResult';
import { checkSampleEvent, checkSampleResult } from './checkSampleResult';
import { dataFile, eventsFile, recordFile, resultFile, snapshotFile, snapshotsFolder, stepOfSnapshot } from './layout';
import { liveOwner } from './owner';
import type { RunEvent, RunRecord, RunResult } from './record';
import { readBytes, readJson } from './readFile';
import { RunError } from './runError';
import type { SampleEvent, SampleRecord, SampleResult } from './sampleRecord';

/** What runs of all kinds have. `record`, `result` and `events` were read once; snapshots are read when asked for. */
interface Stored<Kind, Record, Result, Event, Snapshot> {
  readonly kind: Kind;
  readonly directory: string;
  readonly record: Record;
  /** Null while the run goes on, or where it was cut off. */
  readonly result: Result | null;
  /** Whether a process wrote to it when it was read, see `liveOwner`. */
  readonly live: boolean;
  /** An end that a `resume` followed is none, and left out. */
  readonly events: readonly Event[];
  /** Lines of `events.ndjson` that could not be read; a torn last line is not counted, for it may still be being written. */
  readonly skippedLines: number;
  /** What snapshots there are now, by step; `file` is relative to the directory. */
  snapshots(): readonly SnapshotEntry[];
  /** Throws RunError where that step has no snapshot or a bad one. */
  readSnapshot(step: number): Snapshot;
  /** Null where the run has no `data.npz`. Throws RunError on a bad one. */
  readData(): RunData | null;
}

/** A fit as it lies on disk. */
export type Run = Stored<'fit', RunRecord, RunResult, RunEvent, Snapshot>;

/** A sampler run as it lies on disk. */
export type SampleRun = Stored<'sample', SampleRecord, SampleResult, SampleEvent, ParticleSnapshot>;

export interface SnapshotEntry {
  readonly step: number;
  readonly file: string;
}

/** Reads and checks the directory of a fit, which may come from a stranger. Throws RunError, also for runs of other kinds. */
export function readRun(directory: string): Run {
  return fitOf(readAnyRun(directory));
}

/** A fit that is to go on, without its result, which is then of the past: one that is damaged is in nobody's way. Throws RunError. */
export function readUnfinishedRun(directory: string): Run {
  return fitOf(readParts(directory, false));
}

/** Reads and checks a run directory of any kind, which may come from a stranger. Throws RunError. */
export function readAnyRun(directory: string): Run | SampleRun {
  return readParts(directory, true);
}

function fitOf(run: Run | SampleRun): Run {
  if (run.kind === 'fit') return run;
  throw new RunError(
    'unsupported',
    `${run.directory} holds particles of the sampler ${run.record.sampler}, not a fit; unblind export writes it by itself.`,
  );
}

function readParts(directory: string, withResult: boolean): Run | SampleRun {
  const recordPath = join(directory, recordFile);
  if (!existsSync(recordPath)) throw new RunError('not-a-run', `${directory} holds no run: it has no ${recordFile}.`);
  const record = checkAnyRecord(readJson(recordPath), recordPath);
  const { dim } = record;
  const stored = {
    directory,
    live: liveOwner(directory) !== undefined,
    snapshots: (): SnapshotEntry[] => listSnapshots(directory),
    readData: (): RunData | null => {
      const path = join(directory, dataFile);
      return existsSync(path) ? checkData(decodeNpz(readBytes(path, 512), path), dim, path) : null;
    },
  };
  const resultPath = join(directory, resultFile);
  const result = <R>(check: (value: unknown, dim: number, where: string) => R): R | null =>
    withResult && existsSync(resultPath) ? check(readJson(resultPath), dim, resultPath) : null;
  const eventsPath = join(directory, eventsFile);
  if (record.kind === 'sample')
    return {
      ...stored,
      kind: 'sample',
      record,
      result: result(checkSampleResult),
      ...readEvents(eventsPath, checkSampleEvent),
      readSnapshot: (step) => checkParticles(step, ...readSnapshotArrays(directory, step, dim)),
    };
  return {
    ...stored,
    kind: 'fit',
    record,
    result: result(checkResult),
    ...withoutFormerEnds(readEvents(eventsPath, checkEvent)),
    readSnapshot: (step) => checkSnapshot(step, ...readSnapshotArrays(directory, step, dim)),
  };
}

/** Arrays, dim and path, as the checks take them. */
function readSnapshotArrays(directory: string, step: number, dim: number): [NamedArrays, number, string] {
  const path = join(directory, snapshotFile(step));
  if (!existsSync(path)) throw new RunError('missing-snapshot', `${directory} has no snapshot of step ${step}.`);
  return [decodeNpz(readBytes(path, 512), path), dim, path];
}

function readEvents<E>(path: string, check: (value: unknown) => E): { events: E[]; skippedLines: number } {
  const events: E[] = [];
  if (!existsSync(path)) return { events, skippedLines: 0 };
  const lines = new TextDecoder().decode(readBytes(path, 256)).split('\n');
  // What follows the last newline is a line that is still being written, or was when the process died.
  lines.pop();
  let skippedLines = 0;
  for (const line of lines) {
    try {
      events.push(check(JSON.parse(line)));
    } catch {
      skippedLines++;
    }
  }
  return { events, skippedLines };
}

function withoutFormerEnds({ events, skippedLines }: Pick<Run, 'events' | 'skippedLines'>): Pick<Run, 'events' | 'skippedLines'> {
  const resumed = events.findLastIndex(({ type }) => type === 'resume');
  return { events: events.filter(({ type }, index) => type !== 'end' || index > resumed), skippedLines };
}

/** Reads the folder rather than the events: a path that a stranger wrote into an event is never opened. */
function listSnapshots(directory: string): SnapshotEntry[] {
  const folder = join(directory, snapshotsFolder);
  if (!existsSync(folder)) return [];
  const steps = readdirSync(folder)
    .map(stepOfSnapshot)
    .filter((step) => step !== null);
  return steps.sort((a, b) => a - b).map((step) => ({ step, file: snapshotFile(step) }));
}
