/** A compiled training loop that runs slices of steps, in calls as long as those of a fit. */

import type { CompiledLoop, Executor } from '../src/executors/executor';
import { scheduleOf } from '../src/objectives/optimizer';
import { type InitialNumbers, problemStep, settingsOf } from './problem';
import type { Size } from './sizes';

/** Wall time of one call of the loop, and its most steps, as in src/engine/fit. */
const callSeconds = 0.05;
const mostSteps = 500;

export class Slices {
  /** Steps of the next call, learnt from the calls before. */
  private stepsPerCall = 1;
  /** The batch, repeated once for each step of a call. */
  private tiled: Float32Array;

  private constructor(
    private readonly loop: CompiledLoop,
    private readonly size: Size,
    private readonly initial: InitialNumbers,
  ) {
    this.tiled = initial.x;
  }

  static async create(executor: Executor, size: Size, initial: InitialNumbers): Promise<Slices> {
    return new Slices(await executor.compileLoop(problemStep(size)), size, initial);
  }

  /** Takes `steps` steps from the initial numbers; gives loss and gradient norm of each. */
  async run(steps: number): Promise<{ losses: number[]; gradientNorms: number[] }> {
    const { params } = this.initial;
    const zeros = new Float32Array(params.length);
    let state: readonly Float32Array[] = [params, zeros, zeros, params];
    const losses: number[] = [];
    const gradientNorms: number[] = [];
    while (losses.length < steps) {
      const count = Math.min(this.stepsPerCall, steps - losses.length);
      const started = performance.now();
      const result = await this.loop.run(count, state, this.feed(losses.length, count));
      this.learn(count, (performance.now() - started) / 1000);
      state = result.state;
      losses.push(...result.records[0]!);
      gradientNorms.push(...result.records[1]!);
    }
    return { losses, gradientNorms };
  }

  private feed(step: number, count: number): Float32Array[] {
    const { x } = this.initial;
    if (this.tiled.length < count * x.length) {
      this.tiled = new Float32Array(count * x.length);
      for (let k = 0; k < count; k++) this.tiled.set(x, k * x.length);
    }
    const settings = settingsOf(this.size);
    const schedule = Array.from({ length: count }, (_, k) => scheduleOf(settings, step + k)).flat();
    return [this.tiled.subarray(0, count * x.length), Float32Array.from(schedule)];
  }

  private learn(count: number, seconds: number): void {
    this.stepsPerCall = Math.max(1, Math.min(2 * this.stepsPerCall, Math.round((callSeconds / seconds) * count), mostSteps));
  }

  dispose(): Promise<void> {
    return this.loop.dispose();
  }
}
