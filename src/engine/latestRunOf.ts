import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnyRecord } from '../runs/checkRecord';
import { recordFile, runsFolder } from '../runs/layout';
import { projectRoot } from '../runs/projectRoot';
import { readBytes } from '../runs/readFile';
import { RunError } from '../runs/runError';
import { dateOfRunName } from '../runs/runName';
import { type Run, readRun } from '../runs/runReader';

/** A clock on the wall is at most 14 hours ahead of UTC, and 12 behind. */
const mostOffsetMs = 14 * 3_600_000;
/** A record is a few kilobytes, except where its network has very many layers. */
const mostRecordMegabytes = 50;

interface Candidate {
  readonly directory: string;
  readonly createdAt: number;
}

/** Where a directory holds a fit of this energy, when it began. What is damaged or of another kind does not count. */
function candidate(directory: string, file: string, energy: string): Candidate | undefined {
  try {
    const path = join(directory, recordFile);
    const text = new TextDecoder().decode(readBytes(path, mostRecordMegabytes));
    // Spares most records their check.
    if (!text.includes(JSON.stringify(energy))) return undefined;
    const record = checkAnyRecord(JSON.parse(text), path);
    if (record.kind === 'sample' || record.file !== file || record.energy !== energy) return undefined;
    return { directory, createdAt: Date.parse(record.createdAt) };
  } catch (error) {
    if (error instanceof RunError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The fits of an energy, newest first. Of thousands of runs only the newest are looked at: names begin with a local date, so whatever is
 * older by more than clocks can differ waits until it is asked for.
 */
function* candidates(folder: string, file: string, energy: string): Generator<Candidate> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, date: dateOfRunName(name) ?? Infinity }))
    .sort((a, b) => (a.date < b.date ? 1 : -1));
  let waiting: Candidate[] = [];
  for (const { name, date } of names) {
    waiting.sort((a, b) => b.createdAt - a.createdAt);
    while (waiting.length > 0 && waiting[0]!.createdAt > date + mostOffsetMs) yield waiting.shift()!;
    const found = candidate(join(folder, name), file, energy);
    if (found) waiting = [...waiting, found];
  }
  yield* waiting.sort((a, b) => b.createdAt - a.createdAt);
}

/** The newest fit of an energy among the runs of its project that is `wanted`. What is damaged does not count. */
export function latestRunOf(file: string, energy: string, wanted: (run: Run) => boolean): Run | undefined {
  const folder = runsFolder(projectRoot(file));
  if (!existsSync(folder)) return undefined;
  for (const { directory } of candidates(folder, file, energy)) {
    try {
      const run = readRun(directory);
      if (wanted(run)) return run;
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
    }
  }
  return undefined;
}
