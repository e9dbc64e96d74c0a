/** Which process writes a run directory: a mark in it, by which others see that the run goes on. */

import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Fields } from './fields';
import { ownerFile } from './layout';
import { processExists, processStart } from './processStart';
import { codeOf, RunError, writeFailed } from './runError';

const beatMs = 5000;
/** Age at which the mark of a process that cannot be asked after is no longer believed: twelve beats. */
const staleMs = 60_000;

/** The content of the mark; `started` is null where the system does not tell, see `processStart`. */
interface Mark {
  readonly pid: number;
  readonly host: string;
  readonly started: string | null;
}

/** Null where there is no mark, or one that nobody can have written who runs. */
function readMark(path: string): Mark | null {
  try {
    const fields = new Fields(JSON.parse(readFileSync(path, 'utf8')), path);
    const started = fields.raw('started') === null ? null : fields.text('started');
    return { pid: fields.integer('pid', 1, 2 ** 31), host: fields.text('host'), started };
  } catch {
    return null;
  }
}

/** Whether the mark was touched lately, by the clock of this machine. */
function beats(path: string): boolean {
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Math.abs(Date.now() - touched) < staleMs;
}

/** Where a process is. */
type Owner = Pick<Mark, 'pid' | 'host'>;

/** The process whose mark a file is, if it runs. Never throws. */
function liveMark(path: string): Owner | undefined {
  const mark = readMark(path);
  if (!mark) return undefined;
  if (mark.host !== hostname()) return beats(path) ? mark : undefined;
  if (!processExists(mark.pid)) return undefined;
  const started = mark.started === null ? undefined : processStart(mark.pid);
  // Where the system tells when a process started, its number alone cannot mislead.
  const same = started === undefined ? beats(path) : started === mark.started;
  return same ? mark : undefined;
}

/** The process that writes a run directory now; undefined where none does, as after its end or a kill. Never throws. */
export function liveOwner(directory: string): Owner | undefined {
  return liveMark(join(directory, ownerFile));
}

/** Why a run that still goes on cannot be resumed. */
export function stillGoingOn(directory: string, { pid, host }: Owner): RunError {
  const where = host === hostname() ? '' : ` on ${host}`;
  return new RunError('not-resumable', `The run ${directory} is still going on, in process ${pid}${where}; stop it there first.`);
}

/** The mark of this process in a run directory, kept fresh until it is released. */
export class Ownership {
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly path: string) {
    this.timer = setInterval(() => this.beat(), beatMs);
    // The run keeps the process, not its mark.
    this.timer.unref();
  }

  /** Marks the directory as this process's. Throws RunError where another live process has it, or it cannot be written. */
  static claim(directory: string): Ownership {
    const path = join(directory, ownerFile);
    const mark: Mark = { pid: process.pid, host: hostname(), started: processStart(process.pid) ?? null };
    for (;;) {
      try {
        writeFileSync(path, `${JSON.stringify(mark)}\n`, { flag: 'wx' });
        return new Ownership(path);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') {
          rmSync(path, { force: true });
          throw writeFailed(path, error);
        }
      }
      const owner = liveOwner(directory);
      if (owner) throw stillGoingOn(directory, owner);
      Ownership.removeStale(directory, path);
    }
  }

  /** Takes a dead process's mark away, and puts back what another process has set in its place meanwhile. */
  private static removeStale(directory: string, path: string): void {
    const aside = join(directory, `.${ownerFile}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
    try {
      renameSync(path, aside);
      if (liveMark(aside)) renameSync(aside, path);
      else rmSync(aside, { force: true });
    } catch (error) {
      // Another process was faster; the caller looks again.
      if (codeOf(error) !== 'ENOENT') throw writeFailed(path, error);
    }
  }

  private beat(): void {
    try {
      const now = new Date();
      utimesSync(this.path, now, now);
    } catch {
      // A directory that is gone is reported by the next write of the run.
    }
  }

  /** Removes the mark. May be called twice. */
  release(): void {
    clearInterval(this.timer);
    try {
      rmSync(this.path, { force: true });
    } catch {
      // It is stale once this process ends.
    }
  }
}
