import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RunError, systemReason } from '../runError';

/** Whether a path means a directory: it is one, or it ends in a separator. */
export function meansDirectory(out: string): boolean {
  return /[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory());
}

/** The file to write: `out` itself, or `name` inside it where it means a directory. Makes the directories on the way. Throws RunError. */
export function outputFile(out: string, name: string): string {
  const path = meansDirectory(out) ? join(out, name) : out;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new RunError('not-writable', `Cannot make the directory ${dirname(path)}: ${systemReason(error)}.`);
  }
  return path;
}
