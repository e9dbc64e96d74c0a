/** Compares what is installed with what the lock asks for, by content: dates mean nothing in a fresh clone. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {{ readonly version?: string, readonly optional?: boolean, readonly peer?: boolean, readonly devOptional?: boolean }} LockEntry
 * @typedef {{ readonly packages: Readonly<Record<string, LockEntry>> }} Lock
 */

/**
 * @param {Lock} wanted the repository's package-lock.json
 * @param {Lock} installed the lock that npm leaves in node_modules
 * @returns {boolean} whether each package is there in its version; optional ones may be absent
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return found.version === entry.version;
  });
}

/**
 * @param {string} folder with package-lock.json and perhaps node_modules
 * @returns {Promise<boolean>} whether `npm ci` would change nothing
 */
export async function isUpToDate(folder) {
  const wanted = await readLock(join(folder, 'package-lock.json'));
  const installed = await readLock(join(folder, 'node_modules', '.package-lock.json'));
  return wanted !== undefined && installed !== undefined && isInstalled(wanted, installed);
}

/**
 * @param {string} file
 * @returns {Promise<Lock | undefined>} undefined where the file cannot be read
 */
async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
