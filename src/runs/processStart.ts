import { readFileSync } from 'node:fs';
import { codeOf } from './runError';

/** The number of the field that holds a process's start in /proc/PID/stat, counted from the state, which follows the name in parentheses. */
const startField = 19;
/** States of a process that has ended and that nobody has asked after yet, as stays behind where a container has no init. */
const endedStates = new Set(['Z', 'X']);

/**
 * When a process of this machine started, as a text that no other process of the same number has: the boot, and clock ticks since then
 * (proc(5), field 22 of stat). 'ended' for one that only its parent still has to take note of; undefined where there is no such process, or
 * the system has no /proc.
 */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (endedStates.has(fields[0] ?? '')) return 'ended';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[startField] === undefined ? undefined : `${boot} ${fields[startField]}`;
  } catch {
    return undefined;
  }
}

/** Whether there is a process of that number here, whoever it belongs to. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
