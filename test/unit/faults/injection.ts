/**
 * Loaded before a program (`node --require`): counts what it writes below a folder, and brings a blow upon it at one of those writes. Its
 * clock goes on by a fixed time each time that it is read, so that the same write is the same moment each time.
 */

import fs, { type MakeDirectoryOptions, type PathLike } from 'node:fs';
import { eventsFile } from '../../../src/runs/layout';
import type { Among, Blow, RefusalCode } from './plan';

/** What the program is told by the environment variable `injectionVariable`, as JSON. */
export interface Injection {
  /** Writes below it are counted. */
  readonly folder: string;
  /** Left out of that. */
  readonly except: string;
  /** Milliseconds by which the clock goes on. */
  readonly tick: number;
  /** The blow falls at this write of those that it is among, counted from 1. */
  readonly blow?: { readonly what: Blow; readonly at: number };
  readonly clock?: { readonly at: number; readonly hours: number };
  /** Where `Report` is written. */
  readonly report: string;
}

/** How many writes there were. */
export type Counts = Readonly<Record<Among, number>>;

/** What came of it, written when the blow falls and when the program ends. */
export interface Report {
  readonly writes: Counts;
  /** The write at which the blow fell. */
  readonly struck?: string;
  /** Milliseconds of the program's clock since the last checkpoint was in place; absent before the first. */
  readonly sinceCheckpoint?: number;
}

export const injectionVariable = 'UNBLIND_INJECTION';

/** Calls that a file system refuses: a full one those that need room, one without permission those that need a name. */
const refused: Readonly<Record<RefusalCode, ReadonlySet<string>>> = {
  ENOSPC: new Set(['mkdir', 'write', 'writeFile']),
  EDQUOT: new Set(['mkdir', 'write', 'writeFile']),
  EROFS: new Set(['mkdir', 'open', 'write', 'writeFile', 'rename', 'rm', 'truncate', 'utimes']),
  EACCES: new Set(['mkdir', 'open', 'writeFile', 'rename', 'rm', 'truncate']),
  EIO: new Set(['mkdir', 'open', 'write', 'writeFile', 'rename', 'rm', 'truncate', 'utimes', 'fsync']),
};

/** The module as all others have it, whose functions can be replaced. */
const system = fs as { -readonly [Name in keyof typeof fs]: (typeof fs)[Name] };
const real = { ...fs };

class Injector {
  private readonly writes: Record<Among, number> = { all: 0, files: 0 };
  private time = 0;
  private checkpointAt: number | undefined;
  private struck: string | undefined;
  private refusing: RefusalCode | undefined;
  private readonly files = new Map<number, string>();

  constructor(private readonly injection: Injection) {}

  now(): number {
    return (this.time += this.injection.tick);
  }

  private report(): void {
    const { writes, struck, checkpointAt } = this;
    const sinceCheckpoint = checkpointAt === undefined ? undefined : this.time - checkpointAt;
    const report = { writes, ...(struck !== undefined && { struck }), ...(sinceCheckpoint !== undefined && { sinceCheckpoint }) };
    real.writeFileSync(this.injection.report, JSON.stringify(report satisfies Report));
  }

  private counts(path: string | undefined): path is string {
    return path !== undefined && path.startsWith(this.injection.folder) && !path.startsWith(this.injection.except);
  }

  private setClockBack(): void {
    const { clock } = this.injection;
    if (clock?.at !== this.writes.all) return;
    const now = Date.now.bind(Date);
    const then = clock.hours * 3_600_000;
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...args: [] | [number]) {
        super(args[0] ?? now() - then);
      }

      static override now(): number {
        return now() - then;
      }
    } as DateConstructor;
  }

  /** Dies after a last write, also after one that fails, as that of the mark does where a dead process has left one. */
  private dieAt(write: () => unknown): never {
    try {
      write();
    } finally {
      this.die();
    }
  }

  private die(): never {
    this.report();
    process.kill(process.pid, 'SIGKILL');
    // The signal has no effect before the system call returns, and nothing of the program may run after it.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }

  /**
   * One write. What `partly` does with a share of its bytes is what a torn write leaves behind.
   * @throws the error of the system that refuses
   */
  write<T>(call: string, path: string | undefined, whole: () => T, partly?: (share: number) => T): T {
    if (!this.counts(path)) return whole();
    this.writes.all++;
    if (!path.endsWith(eventsFile)) this.writes.files++;
    this.setClockBack();
    const { blow } = this.injection;
    const due = blow !== undefined && this.struck === undefined && blow.at === this.writes[blow.what.among];
    const falls = due ? blow.what : undefined;
    if (falls !== undefined) this.struck = `${call} ${path.slice(this.injection.folder.length + 1)}`;
    switch (falls?.kind) {
      case undefined:
        break;
      case 'kill':
        return this.dieAt(() => (falls.when === 'torn' ? partly?.(falls.bytes) : falls.when === 'after' && whole()));
      case 'signal':
        this.report();
        process.kill(process.pid, falls.name);
        break;
      case 'delete':
        for (const name of real.readdirSync(this.injection.folder))
          if (this.counts(`${this.injection.folder}/${name}`))
            real.rmSync(`${this.injection.folder}/${name}`, { recursive: true, force: true });
        break;
      case 'refuse':
        this.refusing = falls.code;
        // A full disk takes what still fits.
        if (call === 'write' && partly && refused[falls.code].has('write') && falls.code !== 'EROFS') return partly(falls.bytes);
    }
    if (this.refusing !== undefined && refused[this.refusing].has(call))
      throw Object.assign(new Error(`${this.refusing}: made to fail, ${call} '${path}'`), { code: this.refusing });
    return whole();
  }

  private pathOf(path: PathLike | number): string | undefined {
    return typeof path === 'number' ? this.files.get(path) : path.toString();
  }

  /** Takes the place of the calls by which a run is written. */
  install(): void {
    const through = <A extends readonly unknown[], T>(call: string, original: (path: PathLike, ...rest: A) => T) => {
      return (path: PathLike, ...rest: A): T => this.write(call, this.pathOf(path), () => original(path, ...rest));
    };
    const throughFile = <A extends readonly unknown[], T>(call: string, original: (file: number, ...rest: A) => T) => {
      return (file: number, ...rest: A): T => this.write(call, this.pathOf(file), () => original(file, ...rest));
    };
    const mkdir: (path: PathLike, options?: MakeDirectoryOptions) => string | undefined = real.mkdirSync;
    system.mkdirSync = through('mkdir', mkdir) as typeof fs.mkdirSync;
    system.rmSync = through('rm', real.rmSync);
    system.utimesSync = through('utimes', real.utimesSync);
    system.truncateSync = through('truncate', real.truncateSync);
    system.ftruncateSync = throughFile('truncate', real.ftruncateSync);
    system.fsyncSync = throughFile('fsync', real.fsyncSync);
    system.openSync = (path, flags, mode) => {
      const open = (): number => real.openSync(path, flags, mode);
      const file = flags === 'r' ? open() : this.write('open', path.toString(), open);
      this.files.set(file, path.toString());
      return file;
    };
    system.renameSync = (from, to) => {
      this.write('rename', to.toString(), () => real.renameSync(from, to));
      if (to.toString().endsWith('checkpoint.npz')) this.checkpointAt = this.time;
    };
    system.writeSync = ((file: number, bytes: Uint8Array, from?: number) => {
      const offset = from ?? 0;
      const length = bytes.length - offset;
      const partly = (share: number): number => real.writeSync(file, bytes, offset, Math.floor(share * length));
      return this.write('write', this.pathOf(file), () => real.writeSync(file, bytes, offset), partly);
    }) as typeof fs.writeSync;
    system.writeFileSync = (path, data, options) => {
      const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      const partly = (share: number): void => real.writeFileSync(path, bytes.subarray(0, Math.floor(share * bytes.length)), options);
      this.write('writeFile', this.pathOf(path), () => real.writeFileSync(path, data, options), partly);
    };
    performance.now = () => this.now();
    process.on('exit', () => this.report());
  }
}

const text = process.env[injectionVariable];
if (text !== undefined) new Injector(JSON.parse(text) as Injection).install();
