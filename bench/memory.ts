/** Resident memory of each executor's process over a long run: what is not given back shows as growth. */

import type { Contestant, Family } from './contestants';
import { initialNumbers, learningRate } from './problem';
import { encodeFloats, type MemoryAnswer } from './protocol';
import { sizes } from './sizes';

export interface MemoryResult {
  readonly name: string;
  readonly firstSteps: number;
  readonly firstBytes: number;
  readonly lastSteps: number;
  readonly lastBytes: number;
  readonly growthPercent: number;
  /** The most that was resident at any time, garbage included. */
  readonly peakBytes: number;
  readonly withinTarget: boolean;
}

/** Growth in percent, and peak in bytes, that a long run may have. */
export const memoryTarget = { growthPercent: 5, bytes: 700e6 } as const;

/** Steps after which memory is read. */
const marks = { first: 1000, last: 20_000 } as const;
/** A step takes a tenth of a second or more in plain JavaScript and on a software device. */
const slowMarks = { first: 50, last: 500 } as const;
const slowFamily: Family = 'tfjs-cpu';

interface Reading extends MemoryAnswer {
  readonly steps: number;
}

export function memoryResult(name: string, first: Reading, last: Reading): MemoryResult {
  const growthPercent = (100 * (last.residentBytes - first.residentBytes)) / first.residentBytes;
  return {
    name,
    firstSteps: first.steps,
    firstBytes: first.residentBytes,
    lastSteps: last.steps,
    lastBytes: last.residentBytes,
    growthPercent,
    peakBytes: last.peakBytes,
    withinTarget: growthPercent <= memoryTarget.growthPercent && last.peakBytes <= memoryTarget.bytes,
  };
}

/** Runs size a for `last` steps. */
export async function measureMemory({ name, family, software, worker }: Contestant): Promise<MemoryResult> {
  const { first, last } = family === slowFamily || software ? slowMarks : marks;
  const { params, x } = initialNumbers(sizes.a);
  await worker.prepare({ ...sizes.a, learningRate, params: encodeFloats(params), x: encodeFloats(x), steps: 1 });
  await worker.run(first);
  const early = { steps: first, ...(await worker.memory()) };
  await worker.run(last - first);
  const late = { steps: last, ...(await worker.memory()) };
  await worker.release();
  return memoryResult(name, early, late);
}
