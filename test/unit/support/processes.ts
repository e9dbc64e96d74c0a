/** Processes of this machine, as /proc tells. Linux only. */

import { readdirSync, readFileSync } from 'node:fs';

/** What counts here of a process that runs. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** Seconds of processor time that it has used. */
  readonly cpuSeconds: number;
  readonly command: string;
}

/** Clock ticks a second in /proc: fixed for user space. */
const ticks = 100;

/** Undefined where there is none, or only its parent still has to take note of its end. */
export function processInfo(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticks, command };
  } catch {
    return undefined;
  }
}

/** Children of a process, their children and so on. */
export function descendantsOf(pid: number): ProcessInfo[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (processInfo(Number(name)) ?? []) : []));
  const below = (parent: number): ProcessInfo[] =>
    all.filter((info) => info.parent === parent).flatMap((info) => [info, ...below(info.pid)]);
  return below(pid);
}
