/** The runs that lie in a workspace, newest first. A directory that cannot be read is told as such and harms no other. */

import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkpointFile, diagnosisFile, eventsFile, recordFile, resultFile } from '../runs/layout';
import type { EndEvent, RunRecord, RunResult } from '../runs/record';
import type { SampleRecord, SampleResult } from '../runs/sampleRecord';
import type { DiagnosisRecord } from '../shared/diagnosis';
import type { DiagnosisReader } from './runOpener';

export type HistoryEntry =
  | {
      readonly kind: 'run';
      readonly directory: string;
      readonly record: RunRecord;
      /** Null while the run goes on, or where it was cut off. */
      readonly result: RunResult | null;
      /** Undefined where the run has not ended, or was cut off. */
      readonly end: EndEvent | undefined;
      /** Undefined where it was not diagnosed. */
      readonly diagnosis: DiagnosisRecord | undefined;
      /** Whether a checkpoint is left to go on from, if no process goes on with it already. */
      readonly checkpoint: boolean;
    }
  | {
      readonly kind: 'sample';
      readonly directory: string;
      readonly record: SampleRecord;
      readonly result: SampleResult | null;
      readonly end: EndEvent | undefined;
    }
  | { readonly kind: 'broken'; readonly directory: string; readonly reason: string };

/** A record or result is a few kilobytes; a stranger's may be larger than memory. */
const mostBytes = 8e6;
/** The last event is in here. */
const tailBytes = 8192;

export class RunHistory {
  /** What was read, by directory, as long as the files' dates stay. */
  private readonly known = new Map<string, { readonly stamp: string; readonly entry: HistoryEntry }>();

  /** @param readDiagnosis reads what was found of a run */
  constructor(private readonly readDiagnosis: DiagnosisReader) {}

  /** Entries of all `folders`; those that do not exist hold none. */
  async read(folders: readonly string[]): Promise<HistoryEntry[]> {
    const directories = (await Promise.all([...new Set(folders)].map(listFolder))).flat();
    const entries = await Promise.all(directories.map((directory) => this.readEntry(directory)));
    const present = new Set(directories);
    for (const directory of this.known.keys()) if (!present.has(directory)) this.known.delete(directory);
    return entries.sort((a, b) => createdAt(b).localeCompare(createdAt(a)));
  }

  private async readEntry(directory: string): Promise<HistoryEntry> {
    const stamp = (
      await Promise.all([recordFile, resultFile, eventsFile, diagnosisFile, checkpointFile].map((name) => stampOf(join(directory, name))))
    ).join(' ');
    const known = this.known.get(directory);
    if (known?.stamp === stamp) return known.entry;
    const entry = await readEntry(directory, this.readDiagnosis);
    this.known.set(directory, { stamp, entry });
    return entry;
  }
}

function createdAt(entry: HistoryEntry): string {
  // The name of a broken directory begins with its local date, which sorts it near its neighbours.
  if (entry.kind !== 'broken') return entry.record.createdAt;
  const date = /^(\d{4})(\d{2})(\d{2})-/.exec(basename(entry.directory));
  return date === null ? '' : `${date[1]!}-${date[2]!}-${date[3]!}`;
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

const noFile = '-';

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(path);
    return `${mtimeMs}:${size}`;
  } catch {
    return noFile;
  }
}

async function readEntry(directory: string, readDiagnosis: DiagnosisReader): Promise<HistoryEntry> {
  const [{ checkAnyRecord }, { checkResult }, { checkSampleResult }] = await Promise.all([
    import('../runs/checkRecord'),
    import('../runs/checkResult'),
    import('../runs/checkSampleResult'),
  ]);
  try {
    const recordPath = join(directory, recordFile);
    const recordJson = await readJson(recordPath);
    if (recordJson === undefined) return { kind: 'broken', directory, reason: `It has no ${recordFile}.` };
    const record = checkAnyRecord(recordJson, recordPath);
    const resultPath = join(directory, resultFile);
    const resultJson = await readJson(resultPath);
    const end = await readEnd(join(directory, eventsFile));
    if (record.kind === 'sample') {
      const result = resultJson === undefined ? null : checkSampleResult(resultJson, record.dim, resultPath);
      return { kind: 'sample', directory, record, result, end };
    }
    const result = resultJson === undefined ? null : checkResult(resultJson, record.dim, resultPath);
    const diagnosis = (await readDiagnosis(directory).catch(() => undefined))?.record;
    const checkpoint = end?.status !== 'done' && (await stampOf(join(directory, checkpointFile))) !== noFile;
    return { kind: 'run', directory, record, result, end, diagnosis, checkpoint };
  } catch (error) {
    return { kind: 'broken', directory, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Undefined where the file does not exist. */
async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    if ((await stat(path)).size > mostBytes) throw new Error(`${path} is larger than ${mostBytes / 1e6} MB.`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not valid JSON.`);
  }
}

/** The end is the last line: only the tail is read. */
async function readEnd(path: string): Promise<EndEvent | undefined> {
  const { checkEvent } = await import('../runs/checkEvent');
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const length = Math.min(size, tailBytes);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      const last = buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
      const event = checkEvent(JSON.parse(last));
      return event.type === 'end' ? event : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
