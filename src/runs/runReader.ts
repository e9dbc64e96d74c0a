import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpz } from './arrays';
import type { RunData, Snapshot } from './checkArrays';
import { checkData, checkSnapshot } from './checkArrays';
import { checkEvent } from './checkEvent';
import { checkRecord } from './checkRecord';
import { checkResult } from './checkResult';
import { dataFile, eventsFile, recordFile, resultFile, snapshotFile, snapshotsFolder, stepOfSnapshot } from './layout';
import type { RunEvent, RunRecord, RunResult } from './record';
import { RunError, systemReason } from './runError';

/** A run as it lies on disk. `record`, `result` and `events` were read once; snapshots are read when asked for. */
export interface Run {
  readonly directory: string;
  readonly record: RunRecord;
  /** Null while the run goes on, or where it was cut off. */
  readonly result: RunResult | null;
  readonly events: readonly RunEvent[];
  /** Lines of `events.ndjson` that could not be read; a torn last line is not counted, for it may still be being written. */
  readonly skippedLines: number;
  /** What snapshots there are now, by step; `file` is relative to the directory. */
  snapshots(): readonly SnapshotEntry[];
  /** Throws RunError where that step has no snapshot or a bad one. */
  readSnapshot(step: number): Snapshot;
  /** Null where the run has no `data.npz`. Throws RunError on a bad one. */
  readData(): RunData | null;
}

export interface SnapshotEntry {
  readonly step: number;
  readonly file: string;
}

/** Reads and checks a run directory, which may come from a stranger. Throws RunError. */
export function readRun(directory: string): Run {
  const recordPath = join(directory, recordFile);
  if (!existsSync(recordPath)) throw new RunError('not-a-run', `${directory} holds no run: it has no ${recordFile}.`);
  const record = checkRecord(readJson(recordPath), recordPath);
  const resultPath = join(directory, resultFile);
  const result = existsSync(resultPath) ? checkResult(readJson(resultPath), record.dim, resultPath) : null;
  const { events, skippedLines } = readEvents(join(directory, eventsFile));
  return {
    directory,
    record,
    result,
    events,
    skippedLines,
    snapshots: () => listSnapshots(directory),
    readSnapshot: (step) => {
      const path = join(directory, snapshotFile(step));
      if (!existsSync(path)) throw new RunError('missing-snapshot', `${directory} has no snapshot of step ${step}.`);
      return checkSnapshot(step, decodeNpz(readBytes(path, 512), path), record.dim, path);
    },
    readData: () => {
      const path = join(directory, dataFile);
      return existsSync(path) ? checkData(decodeNpz(readBytes(path, 512), path), record.dim, path) : null;
    },
  };
}

function readBytes(path: string, maxMegabytes: number): Uint8Array {
  try {
    // The size is asked first: a stranger's file may be larger than memory.
    if (statSync(path).size > maxMegabytes * 1e6) throw new RunError('too-large', `${path} is larger than ${maxMegabytes} MB.`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunError('not-readable', `Cannot read ${path}: ${systemReason(error)}.`);
  }
}

function readJson(path: string): unknown {
  const text = new TextDecoder().decode(readBytes(path, 50));
  try {
    return JSON.parse(text);
  } catch {
    throw new RunError('malformed', `${path} is not valid JSON.`);
  }
}

function readEvents(path: string): { events: RunEvent[]; skippedLines: number } {
  const events: RunEvent[] = [];
  if (!existsSync(path)) return { events, skippedLines: 0 };
  const lines = new TextDecoder().decode(readBytes(path, 256)).split('\n');
  // What follows the last newline is a line that is still being written, or was when the process died.
  lines.pop();
  let skippedLines = 0;
  for (const line of lines) {
    try {
      events.push(checkEvent(JSON.parse(line)));
    } catch {
      skippedLines++;
    }
  }
  return { events, skippedLines };
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
