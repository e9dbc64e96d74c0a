import type { CompiledLoop } from '../executors/executor';
import { cast, less, sub, sum, unary } from '../graph/ops';
import { createGraph } from '../graph/table';
import { annealedSvgdForm, type steinOptions, svgdForm } from '../shared/samplers/svgd';
import { divergence } from './divergence';
import { medianBandwidth } from './medianBandwidth';
import type { OptionValues } from './options';
import { defineSampler, type Progress, type SamplerProblem, type SamplerResult, type SamplerRun } from './sampler';
import { steinScheduleWidth, steinStep } from './steinStep';
import { configurationalTemperature } from './temperature';

/** Factor on the attractive term in a step. */
type Attraction = (step: number) => number;

/** All particles see each other, so that one program moves them all. */
class SteinRun implements SamplerRun {
  private step = 0;
  private bandwidth: number;
  private failure: Error | undefined;

  constructor(
    private readonly problem: SamplerProblem,
    private readonly options: OptionValues<typeof steinOptions>,
    private readonly attraction: Attraction,
    private readonly loop: CompiledLoop,
    private state: Float32Array[],
  ) {
    this.bandwidth = options.bandwidth;
  }

  static async start(problem: SamplerProblem, options: OptionValues<typeof steinOptions>, attraction: Attraction): Promise<SteinRun> {
    const { target, executor, start } = problem;
    const graph = createGraph();
    const n = start.length / target.dim;
    const schedule = graph.input('schedule', [steinScheduleWidth]);
    const state = steinStep(graph, target, n, schedule, options.stepSize, options.optimizer === 'adagrad');
    // Comparisons with NaN are false.
    const bad = state.slice(0, 1).map(({ next }) => sum(sub(1, cast(less(unary('abs', next), 1e30), 'float32'))));
    const loop = await executor.compileLoop({ state, perStep: [schedule], records: bad });
    const initial = state.map((_, i) => (i === 0 ? Float32Array.from(start) : new Float32Array(start.length)));
    return new SteinRun(problem, options, attraction, loop, initial);
  }

  get progress(): Progress {
    const { step, bandwidth } = this;
    const { steps } = this.options;
    const figures = step === 0 ? {} : { bandwidth, stepSize: this.options.stepSize, attraction: this.attraction(step - 1) };
    return { step, steps, done: step === steps, figures };
  }

  async advance(steps: number): Promise<Progress> {
    if (this.failure !== undefined) throw this.failure;
    const { kernel, medianEvery, steps: last } = this.options;
    const end = Math.min(this.step + steps, last);
    while (this.step < end) {
      const since = this.step % medianEvery;
      if (kernel === 'median' && since === 0) this.bandwidth = medianBandwidth(this.particles(), this.problem.target.dim);
      await this.piece(Math.min(end - this.step, medianEvery - since));
    }
    return this.progress;
  }

  private async piece(count: number): Promise<void> {
    const schedule = new Float32Array(count * steinScheduleWidth);
    for (let k = 0; k < count; k++) {
      const step = this.step + k;
      schedule.set([this.bandwidth, this.attraction(step), step === 0 ? 1 : 0], k * steinScheduleWidth);
    }
    const { state, records } = await this.loop.run(count, this.state, [schedule]);
    const at = records[0]?.findIndex((value) => value !== 0) ?? -1;
    if (at >= 0) {
      if (at > 0) this.state = (await this.loop.run(at, this.state, [schedule])).state;
      const { dim } = this.problem.target;
      this.failure = divergence(this.step + at, Math.ceil((records[0]?.[at] ?? 0) / dim), this.problem.start.length / dim);
      this.step += at;
      throw this.failure;
    }
    this.state = state;
    this.step += count;
  }

  particles(): Float32Array {
    return this.state[0]?.slice() ?? new Float32Array();
  }

  async result(): Promise<SamplerResult> {
    const { executor, target } = this.problem;
    const particles = this.particles();
    return {
      particles,
      draws: { chains: 0, count: 0, dim: target.dim, values: new Float32Array() },
      progress: this.progress,
      temperature: await configurationalTemperature(executor, target, particles),
    };
  }

  dispose(): Promise<void> {
    return this.loop.dispose();
  }
}

/** Stein variational gradient descent (Liu and Wang 2016). */
export const svgd = defineSampler({
  ...svgdForm,
  start: (problem, options) => SteinRun.start(problem, options, () => 1),
});

/** The cyclic schedule of annealed SVGD: ((t mod c) / c)^p, and 1 in the last cycle. */
export function cyclicAttraction(step: number, steps: number, cycles: number, power: number): number {
  const length = steps / cycles;
  return step >= steps - length ? 1 : ((step % length) / length) ** power;
}

/** Annealed SVGD (D'Angelo and Fortuin 2021): cycles in which particles first spread, then settle. */
export const annealedSvgd = defineSampler({
  ...annealedSvgdForm,
  start: (problem, options) =>
    SteinRun.start(problem, options, (step) => cyclicAttraction(step, options.steps, options.cycles, options.power)),
});
