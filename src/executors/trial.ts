/** How fast an executor runs a loop, measured for a few steps. */

import type { CompiledLoop } from './executor';

/** A state to start from, and inputs of so many steps. */
export interface LoopInputs {
  readonly state: readonly Float32Array[];
  readonly perStep: (steps: number) => Float32Array[];
}

/** Time a trial takes, beside compiling and the first step: enough for a choice between executors that differ by a tenth. */
const trialMilliseconds = 40;
const mostSteps = 50;

/** Steps per second of a compiled loop. */
export async function stepsPerSecond(loop: CompiledLoop, { state, perStep }: LoopInputs): Promise<number> {
  // The first step allocates.
  await loop.run(1, state, perStep(1));
  let [steps, elapsed] = [0, 0];
  while (elapsed < trialMilliseconds) {
    const left = steps === 0 ? 1 : Math.ceil(((trialMilliseconds - elapsed) * steps) / elapsed);
    const count = Math.max(1, Math.min(2 * steps, left, mostSteps));
    const fed = perStep(count);
    const started = performance.now();
    await loop.run(count, state, fed);
    elapsed += performance.now() - started;
    steps += count;
  }
  return (1000 * steps) / elapsed;
}
