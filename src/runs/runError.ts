import { oneLine } from '../shared/oneLine';

/** What went wrong with a run directory, for code that decides what to do next. */
export type RunErrorCode =
  | 'already-exists'
  | 'not-a-run'
  | 'malformed'
  | 'unsupported'
  | 'too-large'
  | 'not-readable'
  | 'not-writable'
  | 'missing-snapshot'
  | 'closed';

/** A run directory that cannot be written or read. `message` is one sentence for the user; no stack need be shown. */
export class RunError extends Error {
  override readonly name = 'RunError';

  constructor(
    readonly code: RunErrorCode,
    message: string,
  ) {
    super(oneLine(message));
  }
}

const systemReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a directory',
  EISDIR: 'it is a directory',
  EMFILE: 'too many files are open',
};

/** The cause of a failed system call in words, from Node's error. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return systemReasons[code] ?? code;
}
