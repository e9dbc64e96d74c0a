import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, RunError, systemReason } from './runError';

/** Writes every byte of `bytes`: one call of write may do less than it was asked. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
}

/** Names of the temporary files of `replaceFile`: what a killed process left behind is told from all else by it. */
export const temporaryName = /^\..+\.\d+\.[0-9a-f]{8}\.tmp$/;

/** What systems say that cannot flush a directory, as Windows cannot: there the rename must do. */
const cannotFlush = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP']);

/** Makes a rename in a directory outlast a loss of power. */
function flushDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!cannotFlush.has(codeOf(error) ?? '')) throw error;
  }
}

/**
 * Writes a whole file so that a reader, or a crash, sees the old content or the new and nothing between: a temporary file in the same directory,
 * flushed to disk, then renamed, and the directory flushed. The temporary file is removed where that fails. Throws the system's error.
 */
export function replaceFile(path: string, content: Uint8Array | string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      writeFully(descriptor, typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  flushDirectory(dirname(path));
}

/** `replaceFile` for files outside a run that goes on. Throws RunError. */
export function writeFileAtomic(path: string, content: Uint8Array | string): void {
  try {
    replaceFile(path, content);
  } catch (error) {
    throw new RunError('not-writable', `Cannot write ${path}: ${systemReason(error)}.`);
  }
}
