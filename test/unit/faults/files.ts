/** Files of a directory, as bytes. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryName } from '../../../src/runs/atomicFile';
import { eventsFile, ownerFile } from '../../../src/runs/layout';

/** Digests of all files below a directory by their paths in it, with forward slashes; empty where there is none. */
export function digests(directory: string): Map<string, string> {
  const names = existsSync(directory) ? (readdirSync(directory, { recursive: true }) as string[]) : [];
  const files = names.filter((name) => statSync(join(directory, name)).isFile()).sort();
  return new Map(
    files.map((name) => [
      name.replaceAll('\\', '/'),
      createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex'),
    ]),
  );
}

/** Whether a file comes and goes with the process that writes a run. */
export function passing(path: string): boolean {
  return path === ownerFile || temporaryName.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Files that changed, came or went. */
export function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}

/** The whole lines of a log, which any reader may have seen; empty where there is no log. */
export function wholeLines(directory: string): Buffer {
  const path = join(directory, eventsFile);
  if (!existsSync(path)) return Buffer.alloc(0);
  const content = readFileSync(path);
  return content.subarray(0, content.lastIndexOf(0x0a) + 1);
}

/** How many bytes of an earlier content a later one has lost: all from where they part. */
export function bytesLost(earlier: Buffer, later: Buffer): number {
  let same = 0;
  while (same < earlier.length && same < later.length && earlier[same] === later[same]) same++;
  return earlier.length - same;
}
