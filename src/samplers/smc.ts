import { Random } from '../shared/random';
import { smcForm } from '../shared/samplers/smc';
import { annealingLoop, type AnnealingSetup, annealingState, pathSchedule } from './annealing';
import type { BlockedLoop } from './blockedLoop';
import { GaussianReference } from './reference';
import { defineSampler, type Figures, type Progress, type SamplerProblem, type SamplerResult, type SamplerRun } from './sampler';
import { configurationalTemperature } from './temperature';
import { effectiveShare, logMeanWeight, normalisedWeights, systematicResample, takeRows } from './weights';

/** Halvings of the interval in which the next inverse temperature is looked for: to float32 resolution and beyond. */
const bisections = 60;
const resampled = [annealingState.x, annealingState.logDensity, annealingState.score];

/**
 * The inverse temperature furthest from `beta` towards `goal` at which weights exp((b - beta) u) keep an effective share
 * of `share`.
 * @param slopes u = log p - log r of each particle
 */
export function nextTemperature(beta: number, goal: number, slopes: Float64Array, share: number): number {
  const keeps = (b: number): boolean => effectiveShare(normalisedWeights(slopes.map((slope) => (b - beta) * slope))) >= share;
  if (keeps(goal)) return goal;
  let [kept, lost] = [beta, goal];
  for (let i = 0; i < bisections; i++) {
    const middle = (kept + lost) / 2;
    if (keeps(middle)) kept = middle;
    else lost = middle;
  }
  // Where all mass is on a few particles no step is small enough: the smallest is taken.
  return kept === beta ? lost : kept;
}

/**
 * One way along the ladder: log Z so far, and what its error is estimated from: the ancestor at the start of each particle
 * (Lee and Whiteley 2018), and the weights' variance, which the error cannot fall below. The first is made for multinomial
 * resampling, under which log Z varies more than under systematic.
 */
class Way {
  logZ = 0;
  private resamplings = 0;
  private variance = 0;
  private ancestors: Int32Array;

  constructor(readonly particles: number) {
    this.ancestors = Int32Array.from({ length: particles }, (_, i) => i);
  }

  add(logWeights: Float64Array, chosen: Int32Array): void {
    const { value, standardError } = logMeanWeight(logWeights);
    this.logZ += value;
    this.variance += standardError ** 2;
    this.resamplings++;
    this.ancestors = chosen.map((i) => this.ancestors[i] ?? 0);
  }

  get standardError(): number {
    const n = this.particles;
    const counts = new Float64Array(n);
    for (const ancestor of this.ancestors) counts[ancestor] = (counts[ancestor] ?? 0) + 1;
    const same = counts.reduce((total, count) => total + (count / n) ** 2, 0);
    const byAncestors = 1 - (n / (n - 1)) ** (this.resamplings + 1) * (1 - same);
    return Math.sqrt(Math.max(this.variance, byAncestors));
  }
}

interface Settings {
  readonly share: number;
  readonly moves: number;
}

/** Adaptive tempering up, then down again from samples of the target. */
class SmcRun implements SamplerRun {
  private step = 0;
  private beta = 0;
  private movesLeft = 0;
  private readonly up: Way;
  private down: Way | undefined;
  private arrived: Float32Array | undefined;
  private done = false;
  private figures: Figures = {};
  private share = 1;
  private failure: Error | undefined;
  private readonly random: Random;

  constructor(
    private readonly problem: SamplerProblem,
    private readonly settings: Settings,
    private readonly setup: AnnealingSetup,
    private readonly reference: GaussianReference,
    private loop: BlockedLoop,
  ) {
    this.random = new Random(problem.seed).split('resampling');
    this.up = new Way(loop.particles);
  }

  get progress(): Progress {
    const { step, done, figures } = this;
    return { step, steps: done ? step : undefined, done, figures };
  }

  async advance(steps: number): Promise<Progress> {
    if (this.failure !== undefined) throw this.failure;
    for (let left = steps; left > 0 && !this.progress.done;) {
      if (this.movesLeft === 0) this.reweigh();
      const count = Math.min(left, this.movesLeft);
      await this.move(count);
      left -= count;
      if (this.movesLeft > 0) continue;
      if (this.beta === 1 && !this.down) await this.turn();
      else if (this.beta === 0) this.done = true;
    }
    return this.progress;
  }

  /** To the next temperature: weights, log Z, resampling. */
  private reweigh(): void {
    const { loop, settings } = this;
    const n = loop.particles;
    const x = Float64Array.from(loop.rows(annealingState.x));
    const atReference = this.reference.logDensityAt(x);
    const slopes = Float64Array.from(loop.rows(annealingState.logDensity), (value, i) => value - (atReference[i] ?? 0));
    const next = nextTemperature(this.beta, this.down ? 0 : 1, slopes, settings.share);
    const logWeights = slopes.map((slope) => (next - this.beta) * slope);
    const weights = normalisedWeights(logWeights);
    this.share = effectiveShare(weights);
    const chosen = systematicResample(weights, n, this.random);
    for (const i of resampled) loop.setRows(i, takeRows(loop.rows(i), chosen, n));
    (this.down ?? this.up).add(logWeights, chosen);
    this.beta = next;
    this.movesLeft = settings.moves;
  }

  private async move(count: number): Promise<void> {
    const { beta, loop } = this;
    const { sums } = await loop
      .run(this.step, count, (_, out) => {
        pathSchedule({ before: 0, beta, after: 0, stepSize: undefined }, out);
      })
      .catch((error: unknown) => {
        this.failure = error instanceof Error ? error : new Error(String(error));
        throw this.failure;
      });
    this.step += count;
    this.movesLeft -= count;
    const [acceptance = 0, stepSize = 0] = sums.map((sum) => (sum.at(-1) ?? 0) / loop.particles);
    this.figures = { acceptance, stepSize, inverseTemperature: beta, effectiveShare: this.share, logZ: this.up.logZ };
  }

  /** At the target: keeps the particles, and makes ready for the way back. */
  private async turn(): Promise<void> {
    const { problem, setup } = this;
    this.arrived = this.loop.rows(annealingState.x);
    const exact = problem.exactSamples?.slice(0, this.arrived.length);
    if (exact) {
      await this.loop.dispose();
      const stepSize = this.figures.stepSize ?? setup.stepSize;
      this.loop = await annealingLoop({ ...setup, start: exact, stream: 'back', stepSize });
    }
    this.down = new Way(this.loop.particles);
  }

  particles(): Float32Array {
    return this.arrived?.slice() ?? this.loop.rows(annealingState.x);
  }

  async result(): Promise<SamplerResult> {
    const { executor, target, exactSamples } = this.problem;
    const { progress, up, down } = this;
    const particles = this.particles();
    return {
      particles,
      draws: { chains: 0, count: 0, dim: target.dim, values: new Float32Array() },
      progress,
      temperature: await configurationalTemperature(executor, target, particles),
      ...(progress.done && down
        ? {
            logZ: {
              lower: up.logZ,
              lowerError: up.standardError,
              upper: -down.logZ,
              upperError: down.standardError,
              upperFromExactSamples: exactSamples !== undefined,
            },
          }
        : {}),
    };
  }

  dispose(): Promise<void> {
    return this.loop.dispose();
  }
}

/**
 * Sequential Monte Carlo (Del Moral, Doucet and Jasra 2006) from a broad Gaussian around the start to the target: each next
 * temperature keeps a wanted effective sample size, particles are resampled and moved by MALA with a step size that follows
 * acceptance; then down again from samples of the target, for the upper bound of log Z.
 */
export const smc = defineSampler({
  ...smcForm,
  start: async (problem, { effectiveShare: share, moves, widening, stepSize }) => {
    const { executor, target, seed } = problem;
    const reference = GaussianReference.of(problem.start, target.dim, widening);
    const start = reference.sample(new Random(seed).split('reference'), problem.start.length / target.dim);
    const setup: AnnealingSetup = { executor, target, reference, start, seed, stream: 'forward', stepSize };
    return new SmcRun(problem, { share, moves }, setup, reference, await annealingLoop(setup));
  },
});
