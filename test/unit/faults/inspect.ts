/** Reads all that a run directory holds, each part by itself, and says what cannot be read. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckpoint } from '../../../src/runs/checkpoint';
import { checkpointFile, dataFile, eventsFile, recordFile, resultFile } from '../../../src/runs/layout';
import { RunError } from '../../../src/runs/runError';
import { readRun, type Run } from '../../../src/runs/runReader';

/** A part that was read, or why it was not. */
export type Part = { readonly value: unknown } | { readonly refusal: string };

/** By the names of the files. */
export type Parts = ReadonlyMap<string, Part>;

/** A sentence for the user: one line, no stack, and nothing of the program's own. */
export function isSentence(text: string): boolean {
  return (
    /^[^\p{Cc}\p{Zl}\p{Zp}]+\.$/u.test(text) && !/internal error|\bat \S+ \(|Cannot read prop|is not a function|is not iterable/.test(text)
  );
}

function part(read: () => unknown): Part {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof RunError) return { refusal: error.message };
    throw error;
  }
}

/** Throws what is not a RunError: a slip of a reader. */
export function inspect(directory: string): Parts {
  const parts = new Map<string, Part>();
  const run = part(() => readRun(directory));
  if (existsSync(join(directory, checkpointFile)))
    parts.set(
      checkpointFile,
      part(() => readCheckpoint(directory)),
    );
  if ('refusal' in run) return parts.set(recordFile, run);
  const { record, result, events, snapshots, readSnapshot, readData } = run.value as Run;
  parts.set(recordFile, { value: record });
  parts.set(resultFile, { value: result });
  parts.set(eventsFile, { value: events });
  parts.set(dataFile, part(readData));
  for (const { step, file } of snapshots())
    parts.set(
      file,
      part(() => readSnapshot(step)),
    );
  return parts;
}
