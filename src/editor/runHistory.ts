/**
 * The runs that lie in a workspace, newest first. There may be thousands: the newest are read at once, all of them with few files open,
 * and never for long at a time, for other extensions live on the same thread.
 */

import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { eventsFile } from '../runs/layout';
import { dateOfRunName } from '../runs/runName';
import { mapBounded } from '../shared/mapBounded';
import { type DiagnosisRecordReader, type HistoryEntry, readHistoryEntry } from './historyEntry';

/** Directories that are read at once, each with one open file at a time: while somebody waits, and behind the views. */
export const readWidth = { awaited: 8, behind: 2 } as const;

/** The newest runs, and how many there are. */
export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly total: number;
}

interface Known {
  readonly stamp: string;
  readonly entry: HistoryEntry;
}

export class RunHistory {
  /** What was read, by directory, as long as the directory's dates stay. */
  private readonly known = new Map<string, Known>();

  /** @param readDiagnosis reads what was found of a run */
  constructor(private readonly readDiagnosis: DiagnosisRecordReader) {}

  /** Entries of all `folders`; those that do not exist hold none. */
  async read(folders: readonly string[], haste: keyof typeof readWidth = 'awaited'): Promise<HistoryEntry[]> {
    return this.readAll(await this.list(folders), readWidth[haste]);
  }

  /**
   * The newest `count` entries of all `folders`, by what is known without reading the others: their dates where they were read before,
   * else those in their names, which are local to whoever wrote them. A directory whose name has no date counts as new until it is read.
   */
  async newest(folders: readonly string[], count: number): Promise<HistoryPage> {
    const directories = await this.list(folders);
    const dated = directories.map((directory) => [this.dateOf(directory), directory] as const);
    const first = dated.sort(newestFirst).slice(0, count);
    return {
      entries: await this.readAll(
        first.map(([, directory]) => directory),
        readWidth.awaited,
      ),
      total: directories.length,
    };
  }

  private async list(folders: readonly string[]): Promise<string[]> {
    const directories = (await mapBounded([...new Set(folders)], readWidth.awaited, listFolder)).flat();
    // Making ten thousand paths takes a while, and so does what follows.
    await setImmediate();
    const present = new Set(directories);
    for (const directory of this.known.keys()) if (!present.has(directory)) this.known.delete(directory);
    return directories;
  }

  private async readAll(directories: readonly string[], width: number): Promise<HistoryEntry[]> {
    const entries = await mapBounded(directories, width, (directory) => this.readEntry(directory));
    return entries
      .map((entry) => [createdAt(entry), entry] as const)
      .sort(newestFirst)
      .map(([, entry]) => entry);
  }

  private async readEntry(directory: string): Promise<HistoryEntry> {
    const stamp = await stampOf(directory);
    const known = this.known.get(directory);
    if (known?.stamp === stamp) return known.entry;
    const entry = await readHistoryEntry(directory, this.readDiagnosis);
    // Whoever mends a broken record may write into the file, which does not touch the directory.
    if (entry.kind !== 'broken') this.known.set(directory, { stamp, entry });
    return entry;
  }

  private dateOf(directory: string): string {
    const known = this.known.get(directory);
    if (known !== undefined) return createdAt(known.entry);
    return dateInName(directory) ?? unknownDate;
  }
}

/** Sorts after every date. */
const unknownDate = '~';

function newestFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

/** Compares as text: dates are ISO 8601 in UTC. */
function createdAt(entry: HistoryEntry): string {
  if (entry.kind !== 'broken') return entry.record.createdAt;
  // Near its neighbours.
  return dateInName(entry.directory) ?? '';
}

/** The date of a directory's name as if it was written in this time zone, ISO 8601 in UTC. */
function dateInName(directory: string): string | undefined {
  const date = dateOfRunName(basename(directory));
  if (date === undefined) return undefined;
  const offset = new Date(date).getTimezoneOffset();
  return new Date(date + 60_000 * offset).toISOString();
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

/**
 * Changes with what an entry shows: records, results, diagnoses, checkpoints and the mark of a run's process are replaced whole, which
 * touches the directory; events are appended.
 */
async function stampOf(directory: string): Promise<string> {
  const [whole, events] = await Promise.all([directory, join(directory, eventsFile)].map((path) => stat(path).catch(() => undefined)));
  return `${whole?.mtimeMs} ${events?.mtimeMs} ${events?.size}`;
}
