/** A run of any sampler whose particles take one step after another by themselves. */

import type { Target } from '../data/target';
import type { Executor } from '../executors/executor';
import { BlockedLoop, type BuildStep, type InitialState } from './blockedLoop';
import { DrawStore } from './drawStore';
import type { Figures, Progress, SamplerResult, SamplerRun, Temperature } from './sampler';
import { configurationalTemperature } from './temperature';

/** With fewer particles than these the temperature is that of their draws. */
export const fewParticles = 500;

export interface ChainPlan {
  readonly target: Target;
  readonly executor: Executor;
  /** Particles. */
  readonly n: number;
  readonly seed: number;
  readonly steps: number;
  /** Steps left out of draws and of the means of `figures`. */
  readonly burnIn: number;
  readonly thin: number;
  /** Particles of which draws are kept. */
  readonly chains: number;
  /** Rows of work a particle stands for. */
  readonly width?: number;
  readonly build: BuildStep;
  readonly initial: InitialState;
  readonly schedule?: (step: number, out: Float32Array) => void;
  /**
   * @param means of the step's sums, divided by the number of particles: over the steps after burn-in, or over all steps
   * where there was none yet
   * @param step that is done, from 0
   */
  readonly figures: (means: readonly number[], step: number) => Figures;
  /** Positions, [n, dim], from the first state, where that holds more than they. */
  readonly positions?: (state: Float32Array) => Float32Array;
  /** The temperature of particles at the end, where it is not that with respect to the target. */
  readonly temperature?: (particles: Float32Array) => Promise<Temperature>;
}

/** Owns its compiled loop. */
export class ChainRun implements SamplerRun {
  private readonly draws: DrawStore;
  private step = 0;
  private totals: number[] = [];
  private counted = 0;
  private figures: Figures = {};
  private failure: Error | undefined;

  private constructor(
    private readonly plan: ChainPlan,
    private readonly loop: BlockedLoop,
  ) {
    this.draws = new DrawStore(loop.kept, plan.target.dim, plan.burnIn, plan.thin);
  }

  static async start(plan: ChainPlan): Promise<ChainRun> {
    return new ChainRun(plan, await BlockedLoop.create(plan.executor, plan, plan.build, plan.initial));
  }

  get progress(): Progress {
    const { steps } = this.plan;
    return { step: this.step, steps, done: this.step === steps, figures: this.figures };
  }

  async advance(steps: number): Promise<Progress> {
    if (this.failure !== undefined) throw this.failure;
    const { burnIn } = this.plan;
    const end = Math.min(this.step + steps, this.plan.steps);
    while (this.step < end) {
      // Means start anew where burn-in ends.
      const until = this.step < burnIn ? Math.min(end, burnIn) : end;
      await this.piece(until - this.step);
    }
    return this.progress;
  }

  private async piece(count: number): Promise<void> {
    const { plan, step } = this;
    const { sums, draws } = await this.loop.run(step, count, plan.schedule).catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      throw this.failure;
    });
    if (step === plan.burnIn) [this.totals, this.counted] = [[], 0];
    this.totals = sums.map((sum, i) => sum.reduce((total, value) => total + value, this.totals[i] ?? 0));
    this.counted += count;
    this.draws.add(step, count, draws);
    this.step += count;
    this.figures = plan.figures(
      this.totals.map((total) => total / (this.counted * plan.n)),
      this.step - 1,
    );
  }

  /** The i-th state of all particles, [n, ...], copied. */
  state(i: number): Float32Array {
    return this.loop.rows(i);
  }

  particles(): Float32Array {
    const state = this.loop.rows(0);
    return this.plan.positions?.(state) ?? state;
  }

  async result(): Promise<SamplerResult> {
    const { executor, target } = this.plan;
    const particles = this.particles();
    const draws = this.draws.draws();
    // Few particles say little: their draws speak too. Of many, the last state is freer of the start.
    const spoken = particles.length < fewParticles * target.dim && draws.values.length > particles.length ? draws.values : particles;
    const temperature = await (this.plan.temperature?.(particles) ?? configurationalTemperature(executor, target, spoken));
    return { particles, draws, progress: this.progress, temperature };
  }

  dispose(): Promise<void> {
    return this.loop.dispose();
  }
}
