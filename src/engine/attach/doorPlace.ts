/** Where the sockets of running engines are: a folder that only the user can enter, so that no one else can knock or listen there. */

import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { processExists } from '../../runs/processStart';

const pipePrefix = '\\\\.\\pipe\\unblind-';
const socketName = /^(\d{1,10})-[0-9a-f]{8}\.sock$/;
const othersMay = 0o077;

function folderName(): string {
  return `unblind-${userInfo().uid}`;
}

/** Whether a folder is the user's and closed to all others. */
function isPrivate(folder: string): boolean {
  const entry = lstatSync(folder, { throwIfNoEntry: false });
  return entry?.isDirectory() === true && entry.uid === userInfo().uid && (entry.mode & othersMay) === 0;
}

/** An address that nobody uses. Throws an Error where the folder for it belongs to someone else. */
export function newDoorAddress(): string {
  if (process.platform === 'win32') return `${pipePrefix}${randomBytes(16).toString('hex')}`;
  const folder = join(tmpdir(), folderName());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder)) throw new Error(`${folder} is open to others or belongs to someone else; remove it`);
  clearAway(folder);
  // Short: the address of a local socket has at most 103 characters.
  return join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.sock`);
}

/** Removes what processes that were killed have left behind. */
function clearAway(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(socketName.exec(name)?.[1]);
    if (pid > 0 && !processExists(pid)) rmSync(join(folder, name), { force: true });
  }
}

/** Whether an address that a run directory names can be an engine's: a stranger's directory may name any socket of this machine. */
export function isDoorAddress(address: string): boolean {
  if (process.platform === 'win32') return /^[0-9a-f]{32}$/.test(address.slice(pipePrefix.length)) && address.startsWith(pipePrefix);
  const folder = dirname(address);
  return socketName.test(basename(address)) && basename(folder) === folderName() && isPrivate(folder);
}
