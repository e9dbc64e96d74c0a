/** A run that lies in a workspace, as the history shows it. A directory that cannot be read is told as such. */

import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointFile, eventsFile, recordFile, resultFile } from '../runs/layout';
import type { EndEvent, RunRecord, RunResult } from '../runs/record';
import type { SampleRecord, SampleResult } from '../runs/sampleRecord';
import type { DiagnosisRecord } from '../shared/diagnosis';

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

/** The diagnosis in a run directory; undefined where there is none. May reject. */
export type DiagnosisRecordReader = (directory: string) => Promise<DiagnosisRecord | undefined>;

/** A record or result is a few kilobytes; a stranger's may be larger than memory. */
const mostBytes = 8e6;
/** The last event is in here. */
const tailBytes = 8192;

/** Reads a run directory with one file open at a time. Never rejects. */
export async function readHistoryEntry(directory: string, readDiagnosis: DiagnosisRecordReader): Promise<HistoryEntry> {
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
    const diagnosis = await readDiagnosis(directory).catch(() => undefined);
    const checkpoint = end?.status !== 'done' && (await exists(join(directory, checkpointFile)));
    return { kind: 'run', directory, record, result, end, diagnosis, checkpoint };
  } catch (error) {
    return { kind: 'broken', directory, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Undefined where the file does not exist. */
async function readJson(path: string): Promise<unknown> {
  const text = await withFile(path, async (file) => {
    if ((await file.stat()).size > mostBytes) throw new Error(`${path} is larger than ${mostBytes / 1e6} MB.`);
    return file.readFile('utf8');
  });
  if (text === undefined) return undefined;
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
    const tail = await withFile(path, async (file) => {
      const { size } = await file.stat();
      const length = Math.min(size, tailBytes);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    });
    const event = checkEvent(JSON.parse(tail?.trimEnd().split('\n').at(-1) ?? ''));
    return event.type === 'end' ? event : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where the file does not exist. */
async function withFile<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}
