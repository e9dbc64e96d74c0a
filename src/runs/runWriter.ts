import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedArrays } from './arrays';
import { encodeNpz } from './arrays';
import { replaceFile, temporaryName } from './atomicFile';
import { type Checkpoint, encodeCheckpoint } from './checkpoint';
import { EventLog } from './eventLog';
import { checkpointFile, dataFile, eventsFile, recordFile, resultFile, runsFolder, snapshotFile, snapshotsFolder } from './layout';
import { Ownership } from './owner';
import type { RunEvent, RunRecord, RunResult } from './record';
import { codeOf, RunError, systemReason, writeFailed } from './runError';
import { readUnfinishedRun, type Run } from './runReader';
import type { SampleEvent, SampleRecord, SampleResult } from './sampleRecord';

/** What the files of a run hold, by its kind. */
interface RunKinds {
  readonly fit: { readonly event: RunEvent; readonly result: RunResult };
  readonly sample: { readonly event: SampleEvent; readonly result: SampleResult };
}

type WithoutTime<E> = E extends { readonly time: number } ? Omit<E, 'time'> & { readonly time?: number } : never;

/** Kinds of events of which a run has one a step at most. */
type SteppedType = 'progress' | 'snapshot' | 'kl';

/** What a resumed run finds in its log: it does the last steps again, and what it says of them is there already. */
interface Past {
  /** Time of the last event, in seconds. */
  readonly seconds: number;
  /** Steps of each kind of event: each by itself, for a damaged line may claim any step. */
  readonly logged: Readonly<Record<SteppedType, ReadonlySet<number>>>;
}

const noPast: Past = { seconds: 0, logged: { progress: new Set(), snapshot: new Set(), kl: new Set() } };

function pastOf({ events }: Run): Past {
  const stepsOf = (wanted: SteppedType): ReadonlySet<number> =>
    new Set(events.flatMap((event) => (event.type === wanted && 'step' in event ? [event.step] : [])));
  return {
    seconds: events.reduce((last, { time }) => Math.max(last, time), 0),
    logged: { progress: stepsOf('progress'), snapshot: stepsOf('snapshot'), kl: stepsOf('kl') },
  };
}

/** Writes one run directory. Every method is synchronous, and what it wrote can be read by another process when it returns. Throws RunError. */
export class RunWriter<Kind extends keyof RunKinds = 'fit'> {
  private readonly began = performance.now();
  private open = true;

  private constructor(
    /** The run directory. */
    readonly directory: string,
    private readonly events: EventLog,
    private readonly ownership: Ownership,
    private readonly past: Past = noPast,
  ) {}

  /**
   * Makes the directory and writes `run.json`, for a fit after its first checkpoint: whatever is a run can be resumed.
   * Refuses a directory that already holds a run.
   */
  static create(directory: string, record: RunRecord, checkpoint?: Checkpoint): RunWriter;
  static create(directory: string, record: SampleRecord): RunWriter<'sample'>;
  static create(directory: string, record: RunRecord | SampleRecord, checkpoint?: Checkpoint): RunWriter | RunWriter<'sample'> {
    if (existsSync(join(directory, recordFile)))
      throw new RunError('already-exists', `${directory} already holds a run; choose another directory.`);
    let events: EventLog;
    try {
      mkdirSync(join(directory, snapshotsFolder), { recursive: true });
      events = EventLog.create(join(directory, eventsFile));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw cannotMake(directory, error);
      // A process died before its record, or is about to write it.
      throw new RunError('already-exists', `${directory} holds a run that has only begun; choose another directory, or remove it first.`);
    }
    let writer: RunWriter | undefined;
    try {
      writer = new RunWriter(directory, events, Ownership.claim(directory));
      if (checkpoint) writer.checkpoint(checkpoint);
      writer.write(recordFile, toJson(record));
      return writer;
    } catch (error) {
      if (writer) writer.abandon();
      else events.close();
      throw error instanceof RunError && error.code === 'not-writable' ? cannotMake(directory, error.cause) : error;
    }
  }

  /**
   * Takes over the directory of a run whose process is gone: from now on no other process can. What the last one was in the middle of
   * writing is removed; nothing else changes before `resumed`.
   */
  static resume(directory: string): RunWriter {
    const ownership = Ownership.claim(directory);
    try {
      for (const folder of [directory, join(directory, snapshotsFolder)]) removeTemporaries(folder);
      const past = pastOf(readUnfinishedRun(directory));
      return new RunWriter(directory, EventLog.reopen(join(directory, eventsFile)), ownership, past);
    } catch (error) {
      ownership.release();
      throw error;
    }
  }

  /** Says that the run goes on from a step: it has no end and no result any more. */
  resumed(step: number, executor: string): void {
    this.append({ type: 'resume', step, executor });
    this.remove(resultFile);
  }

  /** Seconds since the run began, by the clock that stamps events; a resumed run goes on where its log ends. */
  get elapsed(): number {
    return this.past.seconds + (performance.now() - this.began) / 1000;
  }

  /** Appends one line to `events.ndjson`; stamps the time where the event brings none. A resumed run's log has no step twice. */
  event(event: WithoutTime<RunKinds[Kind]['event']>): void {
    this.append(event);
  }

  private append(event: WithoutTime<RunEvent | SampleEvent>): void {
    this.mustBeOpen();
    if ((event.type === 'progress' || event.type === 'snapshot' || event.type === 'kl') && this.past.logged[event.type].has(event.step))
      return;
    const time = event.time ?? Math.round(this.elapsed * 1e6) / 1e6;
    this.events.append(JSON.stringify({ ...event, time }));
  }

  /** Writes the snapshot of a step, then the event that announces it. For the names of the arrays see `Snapshot`. */
  snapshot(step: number, arrays: NamedArrays): void {
    const file = snapshotFile(step);
    this.write(file, encodeNpz(arrays));
    this.append({ type: 'snapshot', step, file });
  }

  /** Replaces the checkpoint; the events before it last at least as long. */
  checkpoint(checkpoint: Checkpoint): void {
    this.mustBeOpen();
    this.events.flush();
    this.write(checkpointFile, encodeCheckpoint(checkpoint));
  }

  /** Removes the checkpoint: the run has ended as asked, and nothing is left to resume. */
  dropCheckpoint(): void {
    this.remove(checkpointFile);
  }

  /** Writes `data.npz`: `sample`, and where dim <= 2 of a fit the `truth`, of a sampler what it samples. See `RunData`. */
  data(arrays: NamedArrays): void {
    this.write(dataFile, encodeNpz(arrays));
  }

  /** Writes `result.json`. */
  result(result: RunKinds[Kind]['result']): void {
    this.write(resultFile, toJson(result));
  }

  private write(file: string, content: Uint8Array | string): void {
    this.mustBeOpen();
    const path = join(this.directory, file);
    try {
      replaceFile(path, content);
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  private remove(file: string): void {
    const path = join(this.directory, file);
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** Flushes the events to disk and lets go of the directory. May be called twice. */
  close(): void {
    this.open = false;
    try {
      this.events.close();
    } finally {
      this.ownership.release();
    }
  }

  /**
   * Ends a run that failed: says why in the log where that can still be written, and closes. Throws nothing, for whoever calls has an
   * error to throw already.
   * @param reason one sentence; without it the log says nothing
   */
  abandon(reason?: string): void {
    try {
      if (reason !== undefined && this.open) this.append({ type: 'end', status: 'failed', reason });
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
    }
    try {
      this.close();
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
    }
  }

  private mustBeOpen(): void {
    if (!this.open) throw new RunError('closed', `The run ${this.directory} has been closed; nothing more can be written to it.`);
  }
}

function cannotMake(directory: string, error: unknown): RunError {
  return new RunError('not-writable', `Cannot make the run directory ${directory}: ${systemReason(error)}; choose another directory.`);
}

/** Removes what a killed process had not renamed yet. */
function removeTemporaries(folder: string): void {
  try {
    for (const name of readdirSync(folder)) if (temporaryName.test(name)) rmSync(join(folder, name), { force: true });
  } catch (error) {
    throw writeFailed(folder, error);
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
