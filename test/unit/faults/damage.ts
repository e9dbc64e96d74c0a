/** Damages a file of a run directory, as a bad disk or a careless copy does. */

import { readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerFile } from '../../../src/runs/layout';
import type { Damage } from './plan';

/** What was done. */
export interface Damaged {
  /** Path in the directory. */
  readonly file: string;
  /** The content before. */
  readonly before: Buffer;
  /** The first and the last byte that changed, of the content before. */
  readonly first: number;
  readonly last: number;
}

function at<T>(values: readonly T[], share: number): T {
  return values[Math.floor(share * values.length)]!;
}

/** Most zeros in a row. */
const mostZeros = 64;

/** @param files paths in the directory; not none. One of the kind that the damage chooses is damaged. */
export function inflict(directory: string, files: readonly string[], { kind, file, which, place, amount }: Damage): Damaged {
  const kinds = [...new Set(files.map((path) => path.replace(/\d+/, '')))];
  const chosen = at(
    files.filter((path) => path.replace(/\d+/, '') === at(kinds, file)),
    which,
  );
  const path = join(directory, chosen);
  const { atimeMs, mtimeMs } = statSync(path);
  const before = readFileSync(path);
  const first = Math.floor(place * before.length);
  const after = Buffer.from(before);
  let last = first;
  if (kind === 'truncate') last = before.length - 1;
  else if (kind === 'zeros') {
    last = Math.min(before.length - 1, first + Math.floor(amount * mostZeros));
    after.fill(0, first, last + 1);
  } else if (before.length > 0) after[first] = kind === 'flip' ? before[first]! ^ (1 << Math.floor(8 * amount)) : Math.floor(256 * amount);
  if (kind === 'truncate') truncateSync(path, first);
  else writeFileSync(path, after);
  // The mark of a process is believed for a minute where it names another machine; disks do not fail that soon.
  const hour = chosen === ownerFile ? 3600 : 0;
  utimesSync(path, atimeMs / 1000 - hour, mtimeMs / 1000 - hour);
  return { file: chosen, before, first, last };
}

/** The lines of a log that a damage touched, or followed, where it is cut off: those before stay as they are. */
export function touchedLines({ before, first, last }: Damaged): string[] {
  let offset = 0;
  return before
    .toString('latin1')
    .split('\n')
    .filter((line) => {
      const [begin, end] = [offset, offset + line.length];
      offset = end + 1;
      // A line loses its neighbour with the newline between them.
      return end + 1 >= first && begin <= last + 1;
    });
}
