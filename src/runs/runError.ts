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
  | 'not-resumable'
  | 'closed';

/** A run directory that cannot be written or read. `message` is one sentence for the user; no stack need be shown. */
export class RunError extends Error {
  override readonly name = 'RunError';

  constructor(
    readonly code: RunErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(oneLine(message), options);
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

/** The code of a failed system call, from Node's error; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** The cause of a failed system call in words, from Node's error. */
export function systemReason(error: unknown): string {
  const code = codeOf(error) ?? 'unknown error';
  return systemReasons[code] ?? code;
}

const gone = 'the run directory was deleted or moved while the run went on; start a new run';
const locked = 'make it writable, then resume or repeat the run';
const full = 'make room, then resume or repeat the run';

const cures: Readonly<Record<string, string>> = {
  ENOENT: gone,
  ENOTDIR: gone,
  EACCES: `permission denied; ${locked}`,
  EPERM: `permission denied; ${locked}`,
  EROFS: `the file system is read-only; ${locked}`,
  ENOSPC: `the disk is full; ${full}`,
  EDQUOT: `the disk quota is used up; ${full}`,
};

/** A run that goes on cannot write a file of its directory: one sentence that names it, the cause and the cure. The system's error is its `cause`. */
export function writeFailed(path: string, error: unknown): RunError {
  return new RunError('not-writable', `Cannot write ${path}: ${cures[codeOf(error) ?? ''] ?? systemReason(error)}.`, { cause: error });
}
