import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedArrays } from './arrays';
import { encodeNpz } from './arrays';
import { writeFileAtomic, writeFully } from './atomicFile';
import { dataFile, eventsFile, recordFile, resultFile, runsFolder, snapshotFile, snapshotsFolder } from './layout';
import type { RunEvent, RunRecord, RunResult } from './record';
import { RunError, systemReason } from './runError';
import type { SampleEvent, SampleRecord, SampleResult } from './sampleRecord';

/** What the files of a run hold, by its kind. */
interface RunKinds {
  readonly fit: { readonly event: RunEvent; readonly result: RunResult };
  readonly sample: { readonly event: SampleEvent; readonly result: SampleResult };
}

type WithoutTime<E> = E extends { readonly time: number } ? Omit<E, 'time'> & { readonly time?: number } : never;

/** Writes one run directory. Every method is synchronous, and what it wrote can be read by another process when it returns. Throws RunError. */
export class RunWriter<Kind extends keyof RunKinds = 'fit'> {
  private readonly started = performance.now();
  private open = true;

  private constructor(
    /** The run directory. */
    readonly directory: string,
    private readonly events: number,
  ) {}

  /** Makes the directory and writes `run.json`. Refuses a directory that already holds a run. */
  static create(directory: string, record: RunRecord): RunWriter;
  static create(directory: string, record: SampleRecord): RunWriter<'sample'>;
  static create(directory: string, record: RunRecord | SampleRecord): RunWriter | RunWriter<'sample'> {
    const taken = new RunError('already-exists', `${directory} already holds a run; choose another directory.`);
    if (existsSync(join(directory, recordFile))) throw taken;
    let events: number;
    try {
      mkdirSync(join(directory, snapshotsFolder), { recursive: true });
      // Exclusive creation: of two processes that chose the same directory, one gets it.
      events = openSync(join(directory, eventsFile), 'ax');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw taken;
      throw new RunError('not-writable', `Cannot make the run directory ${directory}: ${systemReason(error)}.`);
    }
    try {
      writeFileAtomic(join(directory, recordFile), toJson(record));
    } catch (error) {
      closeSync(events);
      throw error;
    }
    return new RunWriter(directory, events);
  }

  /** Seconds since the run began, by the clock that stamps events. */
  get elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Appends one line to `events.ndjson`; stamps the time where the event brings none. */
  event(event: WithoutTime<RunKinds[Kind]['event']>): void {
    this.append(event);
  }

  private append(event: WithoutTime<RunEvent | SampleEvent>): void {
    this.mustBeOpen();
    const time = event.time ?? Math.round(this.elapsed * 1e6) / 1e6;
    const line = JSON.stringify({ ...event, time });
    try {
      writeFully(this.events, Buffer.from(`${line}\n`, 'utf8'));
    } catch (error) {
      throw new RunError('not-writable', `Cannot write ${join(this.directory, eventsFile)}: ${systemReason(error)}.`);
    }
  }

  /** Writes the snapshot of a step, then the event that announces it. For the names of the arrays see `Snapshot`. */
  snapshot(step: number, arrays: NamedArrays): void {
    this.mustBeOpen();
    const file = snapshotFile(step);
    writeFileAtomic(join(this.directory, file), encodeNpz(arrays));
    this.append({ type: 'snapshot', step, file });
  }

  /** Writes `data.npz`: `sample`, and where dim <= 2 of a fit the `truth`, of a sampler what it samples. See `RunData`. */
  data(arrays: NamedArrays): void {
    this.mustBeOpen();
    writeFileAtomic(join(this.directory, dataFile), encodeNpz(arrays));
  }

  /** Writes `result.json`. */
  result(result: RunKinds[Kind]['result']): void {
    this.mustBeOpen();
    writeFileAtomic(join(this.directory, resultFile), toJson(result));
  }

  /** Flushes the events to disk and lets go of the file. May be called twice. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    try {
      fsyncSync(this.events);
    } catch (error) {
      throw new RunError('not-writable', `Cannot write ${join(this.directory, eventsFile)}: ${systemReason(error)}.`);
    } finally {
      closeSync(this.events);
    }
  }

  private mustBeOpen(): void {
    if (!this.open) throw new RunError('closed', `The run ${this.directory} has been closed; nothing more can be written to it.`);
  }
}

/**
 * A directory that is not taken yet, such as `<baseDir>/.unblind/runs/20261122-141503-fourModes-mfd`, in local time, with the objective or the sampler last; it ends in -2, -3, ... where the name is taken.
 * Nothing is created.
 */
export function defaultRunDirectory(baseDir: string, energyName: string, method: string, date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  const clock = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
  const name = [`${day}-${clock}`, fileNamePart(energyName), fileNamePart(method)].filter((part) => part !== '').join('-');
  const first = join(runsFolder(baseDir), name);
  let directory = first;
  for (let count = 2; existsSync(directory); count++) directory = `${first}-${count}`;
  return directory;
}

/** Keeps what every file system allows: an energy's name may be any identifier. */
function fileNamePart(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
