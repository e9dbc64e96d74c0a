/** Runs inputs, and says what is wrong with what came of them. */

import fc from 'fast-check';
import type { FuzzInput, FuzzTarget } from './targets';

/** Memory that reading a file of a few kilobytes may take: readers keep tables of their own, but nothing that the file only claims. */
const mostBytes = 96 * 2 ** 20;

/** An input that a reader did not bear. */
export interface Fault {
  readonly target: string;
  readonly what: string;
  /** The input, base64. */
  readonly input: string;
}

function allocated(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What is wrong with a refusal: it must be of the reader's own class, one line, and no stack. */
function faultOf(error: unknown, { refusal }: FuzzTarget): string | undefined {
  const shown = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (refusal === undefined || !(error instanceof refusal)) return `it threw ${shown}`;
  if (!/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(error.message) || error.message.length > 25_000) return `its message is not one line: ${shown}`;
  return /\bat \S+ \(|Cannot read prop|is not a function|is not iterable|Maximum call stack/.test(error.message)
    ? `its message is not for users: ${shown}`
    : undefined;
}

async function tryInput(target: FuzzTarget, input: FuzzInput): Promise<string | undefined> {
  const before = allocated();
  let fault: string | undefined;
  try {
    await input.run();
  } catch (error) {
    fault = faultOf(error, target);
  }
  const grown = allocated() - before;
  if ('polluted' in {}) return 'it polluted Object.prototype';
  return fault ?? (grown > mostBytes ? `it took ${Math.round(grown / 2 ** 20)} MB for ${input.bytes.length} bytes` : undefined);
}

/** Runs `count` inputs from a seed. @param progress is told before each input, so that one without end can be named */
export async function fuzz(
  target: FuzzTarget,
  count: number,
  seed: number,
  progress: (input: FuzzInput) => void = () => undefined,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const block = 500;
  for (let done = 0; done < count; done += block) {
    for (const input of fc.sample(target.inputs, { seed: seed + done, numRuns: Math.min(block, count - done) })) {
      progress(input);
      const what = await tryInput(target, input);
      if (what !== undefined) faults.push({ target: target.name, what, input: Buffer.from(input.bytes).toString('base64') });
    }
  }
  return faults;
}
