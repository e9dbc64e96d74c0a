import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { writeFully } from './atomicFile';
import { writeFailed } from './runError';

const newline = 0x0a;

/** `events.ndjson`, to which lines are appended. */
export class EventLog {
  /** Bytes of whole lines. */
  private length: number;
  private open = true;

  private constructor(
    private readonly path: string,
    private readonly descriptor: number,
  ) {
    this.length = fstatSync(descriptor).size;
  }

  /** A new log. Exclusive creation: of two processes that chose the same directory, one gets it. Throws the system's error. */
  static create(path: string): EventLog {
    return new EventLog(path, openSync(path, 'ax'));
  }

  /** The log of a run that is resumed; a last line that was torn when its process died is cut off first. Throws RunError. */
  static reopen(path: string): EventLog {
    try {
      if (existsSync(path)) {
        const content = readFileSync(path);
        const whole = content.lastIndexOf(newline) + 1;
        if (whole < content.length) truncateSync(path, whole);
      }
      return new EventLog(path, openSync(path, 'a'));
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** Appends one line, which another process can read when this returns. What a full disk took of it is cut off again. Throws RunError. */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`, 'utf8');
    try {
      writeFully(this.descriptor, bytes);
      this.length += bytes.length;
    } catch (error) {
      try {
        ftruncateSync(this.descriptor, this.length);
      } catch {
        // A torn last line is ignored by whoever reads.
      }
      throw writeFailed(this.path, error);
    }
  }

  /** Makes what was appended outlast a loss of power. Throws RunError. */
  flush(): void {
    try {
      fsyncSync(this.descriptor);
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }

  /** Flushes and lets go of the file. May be called twice. Throws RunError. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    try {
      this.flush();
    } finally {
      closeSync(this.descriptor);
    }
  }
}
