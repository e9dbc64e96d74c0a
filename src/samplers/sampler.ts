/** What a sampler is, and a run of one. */

import type { Executor } from '../executors/executor';
import type { Target } from '../data/target';
import type { NoisyTarget } from './noisyTarget';
import type { OptionTable, OptionValue, SamplerForm } from '../shared/samplerForm';
import { type OptionValues, resolveOptions } from './options';
import { SamplerError } from './samplerError';

/** What is sampled, from where, by what. */
export interface SamplerProblem {
  readonly target: Target;
  /** The target at any noise; annealed Langevin makes one by Monte Carlo where there is none. */
  readonly noisyTarget?: NoisyTarget;
  /** Independent samples of the target, row-major [any, dim], if they are known: they make the upper bound of log Z exact. */
  readonly exactSamples?: Float64Array;
  readonly executor: Executor;
  /** The cloud of particles to start from, row-major [n, dim]. */
  readonly start: Float64Array;
  /** A safe integer. */
  readonly seed: number;
}

/** What a run can say of itself at a step; a run has those figures that mean something for its sampler. */
export type FigureName =
  /** Share of proposals accepted, after burn-in as soon as there is such a step. */
  | 'acceptance'
  /** Mean step size. */
  | 'stepSize'
  /** Share of swaps between neighbouring temperatures accepted. */
  | 'swapAcceptance'
  | 'inverseTemperature'
  /** Standard deviation of the noise on the target. */
  | 'noise'
  | 'bandwidth'
  /** Factor on the attractive term. */
  | 'attraction'
  /** Effective sample size of the weights, as a share of the particles. */
  | 'effectiveShare'
  /** Forward estimate of log Z so far. */
  | 'logZ';
export type Figures = Readonly<Partial<Record<FigureName, number>>>;

export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps there are, or undefined where the sampler finds out on its way. */
  readonly steps: number | undefined;
  readonly done: boolean;
  readonly figures: Figures;
}

/** Thinned states of some particles after burn-in. */
export interface Draws {
  readonly chains: number;
  /** Draws of each chain. */
  readonly count: number;
  readonly dim: number;
  /** Row-major [chains, count, dim]. */
  readonly values: Float32Array;
}

/**
 * Two estimates of log Z = log of the integral of exp(logDensity), by annealed importance sampling in both directions
 * (Grosse, Ancha and Roy 2016, "Measuring the reliability of MCMC inference with bidirectional Monte Carlo").
 */
export interface LogZBracket {
  /** From the reference to the target. By Jensen's inequality at most log Z in expectation. */
  readonly lower: number;
  readonly lowerError: number;
  /** From samples of the target to the reference. At least log Z in expectation if those samples are exact. */
  readonly upper: number;
  readonly upperError: number;
  /** Whether the samples that the upper bound starts from were given as exact; else they are the run's own. */
  readonly upperFromExactSamples: boolean;
}

/**
 * Configurational temperature: 1 where particles are distributed as the target (see temperature.ts), for annealed Langevin as the
 * target with the last noise.
 */
export interface Temperature {
  readonly value: number;
  readonly standardError: number;
}

export interface SamplerResult {
  /** Row-major [n, dim], each particle with the same weight. */
  readonly particles: Float32Array;
  readonly draws: Draws;
  readonly progress: Progress;
  readonly temperature: Temperature;
  /** Present where the sampler estimates log Z. */
  readonly logZ?: LogZBracket;
}

/** A run that has started. One call at a time. */
export interface SamplerRun {
  readonly progress: Progress;
  /**
   * Goes on by at most `steps` steps. What is computed does not depend on how steps are shared out over calls.
   * @throws SamplerError ('diverged') where a particle is no longer a number; the run keeps the state of before
   */
  advance(steps: number): Promise<Progress>;
  /** The particles as they are now, row-major [n, dim]; the caller owns them. */
  particles(): Float32Array;
  /** What there is to say, at any time between calls of `advance`. */
  result(): Promise<SamplerResult>;
  dispose(): Promise<void>;
}

/** A sampler in the table. */
export interface Sampler extends SamplerForm {
  /**
   * @throws SamplerError ('options') for options out of bounds, ('start') for particles that cannot be started from
   */
  start(problem: SamplerProblem, options?: Readonly<Record<string, OptionValue | undefined>>): Promise<SamplerRun>;
}

/** A sampler from its parts, with options and start checked before anything is computed. */
export function defineSampler<T extends OptionTable>(parts: {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  readonly options: T;
  readonly start: (problem: SamplerProblem, options: OptionValues<T>) => Promise<SamplerRun>;
}): Sampler {
  const { name, label, summary, options } = parts;
  return {
    name,
    label,
    summary,
    options,
    // Asynchronous, so that mistakes reject as divergence does.
    start: async (problem, given = {}) => {
      const values = resolveOptions(name, options, given);
      checkStart(problem);
      return parts.start(problem, values);
    },
  };
}

function checkStart({ start, target }: SamplerProblem): void {
  const { dim } = target;
  if (start.length === 0 || start.length % dim !== 0)
    throw new SamplerError(
      'start',
      `The start has ${String(start.length)} numbers, which are no rows of ${String(dim)}; give at least one particle.`,
    );
  const bad = start.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad >= 0)
    throw new SamplerError(
      'start',
      `Particle ${String(Math.floor(bad / dim))} starts at ${String(start[bad])}; start every particle at finite numbers.`,
    );
}
