import type { RunEnd } from '../shared/protocol';
import { endOfMemory } from './memory';

/** How V8 ends a process whose heap is full, where there are no signals. */
const abortStatus = 134;

/** The line of a log that says what broke: that of the last error, else the last one. */
function reason(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const found = lines.findLast((line) => /^(Uncaught )?\w*Error\b.*: /.test(line)) ?? lines.at(-1);
  return found === undefined ? '' : `: ${found.trim().slice(0, 300)}`;
}

/**
 * How a run ends whose process ended before it said so.
 * @param log the end of what the process wrote to stderr
 */
export function endOfProcess(code: number | null, signal: NodeJS.Signals | null, log: string): RunEnd {
  const memory = endOfMemory(log);
  if (memory) return memory;
  if (signal === 'SIGKILL' || signal === 'SIGTERM')
    return { kind: 'killed', message: `The engine process was killed (${signal}), by hand or by a system that is short of memory.` };
  if (signal !== null || code === abortStatus)
    return { kind: 'crashed', message: `The engine process broke (${signal ?? 'aborted'})${reason(log)}` };
  return { kind: 'crashed', message: `The engine process ended with status ${code ?? 'unknown'}${reason(log)}` };
}
