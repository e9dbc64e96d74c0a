/** Where the process of a run that goes on can be talked to: a file in its directory. */

import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fields } from './fields';
import { doorFile } from './layout';

/** The content of the mark. */
export interface DoorMark {
  /** Path of a local socket, or of a named pipe on Windows. */
  readonly address: string;
  /** What a visitor has to say first, in hexadecimal digits. */
  readonly token: string;
  /** Of the program that answers: messages of another version may mean something else. */
  readonly version: string;
}

/** A mark is a few hundred bytes. */
const mostBytes = 4096;

/** Only the user may read it. It needs not outlast a loss of power, and is not waited for. Throws the system's error. */
export function writeDoorMark(directory: string, mark: DoorMark): void {
  const path = join(directory, doorFile);
  // What a killed process, or a stranger, has left here is not written through.
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(mark)}\n`, { flag: 'wx', mode: 0o600 });
}

/** Undefined where there is none, or one that nobody of us can have written. Never throws. */
export function readDoorMark(directory: string): DoorMark | undefined {
  const path = join(directory, doorFile);
  try {
    if (statSync(path).size > mostBytes) return undefined;
    const fields = new Fields(JSON.parse(readFileSync(path, 'utf8')), path);
    return { address: fields.text('address'), token: fields.text('token'), version: fields.text('version') };
  } catch {
    return undefined;
  }
}

/** May be called twice. */
export function removeDoorMark(directory: string): void {
  try {
    rmSync(join(directory, doorFile), { force: true });
  } catch {
    // Nobody answers at its address any more.
  }
}
