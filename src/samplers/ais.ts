import type { BlockedLoop } from './blockedLoop';
import { annealingLoop, type AnnealingSetup, annealingState, pathSchedule, type PathStep } from './annealing';
import { Random } from '../shared/random';
import { aisForm } from '../shared/samplers/ais';
import { GaussianReference } from './reference';
import {
  defineSampler,
  type Figures,
  type LogZBracket,
  type Progress,
  type SamplerProblem,
  type SamplerResult,
  type SamplerRun,
} from './sampler';
import { configurationalTemperature } from './temperature';
import { effectiveShare, logMeanWeight, normalisedWeights, systematicResample, takeRows } from './weights';

/** Particles of the pilot run that finds the step sizes. */
const pilotParticles = 256;

/** Inverse temperatures from 0 to 1: spaced by the fourth power, dense near the reference, where densities change most. */
export function annealingLadder(levels: number): number[] {
  return Array.from({ length: levels + 1 }, (_, k) => (k / levels) ** 4);
}

/** Up the ladder: each level's work, then a move there. */
export function forwardPath(ladder: readonly number[], stepSizes: readonly (number | undefined)[]): PathStep[] {
  return ladder.slice(1).map((beta, k) => ({ before: beta - (ladder[k] ?? 0), beta, after: 0, stepSize: stepSizes[k] }));
}

/** Down again, the mirror image: a move at each level, then the work of leaving it. */
export function reversePath(forward: readonly PathStep[]): PathStep[] {
  return [...forward].reverse().map(({ before, beta, stepSize }) => ({ before: 0, beta, after: -before, stepSize }));
}

/** Finds the step size of each level with a few particles of their own, so that the run's moves are fixed in advance. */
async function pilot(setup: AnnealingSetup, reference: GaussianReference, ladder: readonly number[]): Promise<number[]> {
  const start = reference.sample(new Random(setup.seed).split('pilot'), pilotParticles);
  const loop = await annealingLoop({ ...setup, start, stream: 'pilot' });
  try {
    const path = forwardPath(ladder, []);
    const { sums } = await loop.run(0, path.length, (k, out) => {
      const step = path[k];
      if (step) pathSchedule(step, out);
    });
    return Array.from(sums[1] ?? [], (total) => total / pilotParticles);
  } finally {
    await loop.dispose();
  }
}

/** Annealed importance sampling: forward, then back from samples of the target. */
class AisRun implements SamplerRun {
  private step = 0;
  private accepted = 0;
  private tried = 0;
  private forwardWeights: Float64Array = new Float64Array();
  private reverseWeights: Float64Array = new Float64Array();
  /** Equally weighted particles after the way up. */
  private arrived: Float32Array | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly problem: SamplerProblem,
    private readonly setup: AnnealingSetup,
    private readonly path: readonly PathStep[],
    private loop: BlockedLoop,
  ) {}

  private get n(): number {
    return this.loop.particles;
  }

  get progress(): Progress {
    const steps = 2 * this.path.length;
    return { step: this.step, steps, done: this.step === steps, figures: this.figures() };
  }

  private figures(): Figures {
    if (this.step === 0) return {};
    const forward = this.step <= this.path.length;
    const levels = this.path.length;
    const at = forward ? this.path[this.step - 1] : this.path[2 * levels - this.step];
    const weights = this.arrived ? this.forwardWeights : Float64Array.from(this.loop.rows(annealingState.logWeight));
    return {
      acceptance: this.accepted / this.tried,
      inverseTemperature: at?.beta ?? 1,
      stepSize: at?.stepSize ?? 0,
      effectiveShare: effectiveShare(normalisedWeights(weights)),
      logZ: logMeanWeight(weights).value,
    };
  }

  async advance(steps: number): Promise<Progress> {
    if (this.failure !== undefined) throw this.failure;
    const levels = this.path.length;
    const end = Math.min(this.step + steps, 2 * levels);
    while (this.step < end) {
      const up = this.step < levels;
      const until = up ? Math.min(end, levels) : end;
      const path = up ? this.path : reversePath(this.path);
      const { sums } = await this.loop
        .run(this.step, until - this.step, (k, out) => {
          const step = path[up ? k : k - levels];
          if (step) pathSchedule(step, out);
        })
        .catch((error: unknown) => {
          this.failure = error instanceof Error ? error : new Error(String(error));
          throw this.failure;
        });
      for (const accepted of sums[0] ?? []) this.accepted += accepted;
      this.tried += (until - this.step) * this.n;
      this.step = until;
      if (this.step === levels) await this.turn();
      if (this.step === 2 * levels) this.reverseWeights = Float64Array.from(this.loop.rows(annealingState.logWeight));
    }
    return this.progress;
  }

  /** At the top: keeps what arrived, and starts the way back from samples of the target. */
  private async turn(): Promise<void> {
    const { problem, n } = this;
    const random = new Random(problem.seed).split('turn');
    this.forwardWeights = Float64Array.from(this.loop.rows(annealingState.logWeight));
    const chosen = systematicResample(normalisedWeights(this.forwardWeights), n, random);
    this.arrived = takeRows(this.loop.rows(annealingState.x), chosen, n);
    await this.loop.dispose();
    const start = problem.exactSamples?.slice(0, n * problem.target.dim) ?? Float64Array.from(this.arrived);
    this.loop = await annealingLoop({ ...this.setup, start, stream: 'back' });
  }

  particles(): Float32Array {
    return this.arrived?.slice() ?? this.loop.rows(annealingState.x);
  }

  async result(): Promise<SamplerResult> {
    const { executor, target } = this.problem;
    const particles = this.particles();
    const progress = this.progress;
    return {
      particles,
      draws: { chains: 0, count: 0, dim: target.dim, values: new Float32Array() },
      progress,
      temperature: await configurationalTemperature(executor, target, particles),
      ...(progress.done ? { logZ: this.bracket() } : {}),
    };
  }

  private bracket(): LogZBracket {
    const lower = logMeanWeight(this.forwardWeights);
    const upper = logMeanWeight(this.reverseWeights);
    return {
      lower: lower.value,
      lowerError: lower.standardError,
      upper: -upper.value,
      upperError: upper.standardError,
      upperFromExactSamples: this.problem.exactSamples !== undefined,
    };
  }

  dispose(): Promise<void> {
    return this.loop.dispose();
  }
}

/**
 * Annealed importance sampling (Neal 2001) from a broad Gaussian around the start, with MALA moves, and back from samples
 * of the target: log Z from both sides. The particles are drawn from that Gaussian, as the weights require.
 */
export const ais = defineSampler({
  ...aisForm,
  start: async (problem, { levels, widening, stepSize }) => {
    const { executor, target, seed } = problem;
    const n = problem.start.length / target.dim;
    const reference = GaussianReference.of(problem.start, target.dim, widening);
    const start = reference.sample(new Random(seed).split('reference'), n);
    const setup: AnnealingSetup = { executor, target, reference, start, seed, stream: 'forward', stepSize };
    const ladder = annealingLadder(levels);
    const path = forwardPath(ladder, await pilot(setup, reference, ladder));
    return new AisRun(problem, setup, path, await annealingLoop(setup));
  },
});
