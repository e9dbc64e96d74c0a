/** Processes and their memory, as /proc tells. Linux only, as the servers of the tests are. */

import { readdir, readFile } from 'node:fs/promises';

const pageBytes = 4096;

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent
 * @property {string} command
 * @property {number} rss resident megabytes
 */

/**
 * @param {number} pid
 * @returns {Promise<Process | undefined>} undefined where it is gone
 */
async function processOf(pid) {
  try {
    const [stat, statm, command] = await Promise.all(['stat', 'statm', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')));
    const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const pages = Number(statm?.split(' ')[1]);
    return { pid, parent: Number(fields[1]), command: (command ?? '').replaceAll('\0', ' '), rss: (pages * pageBytes) / 1e6 };
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @returns {Promise<readonly Process[]>} its children, their children and so on
 */
export async function descendantsOf(pid) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(processOf))).filter((one) => one !== undefined);
  /** @type {(parent: number) => Process[]} */
  const below = (parent) => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/**
 * @param {number} pid
 * @returns {Promise<number>} open file descriptors; none where it is gone
 */
export async function openFiles(pid) {
  return (await readdir(`/proc/${pid}/fd`).catch(() => [])).length;
}
