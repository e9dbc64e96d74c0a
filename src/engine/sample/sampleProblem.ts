/** From a traced energy and the user's wishes to a sampler run with nothing left open. */

import type { TracedEnergy } from '../../energy/traced';
import { resolveOptions } from '../../samplers/options';
import type { OptionValue } from '../../shared/samplerForm';
import type { Sampler } from '../../samplers/sampler';
import { samplerNamed } from '../../samplers/samplers';
import { chooseTarget } from './chooseTarget';
import { type Guide, guidedTarget } from './guidedTarget';
import { SampleError } from './sampleError';
import type { SampleTarget } from './sampleTarget';
import { type Start, startOf } from './start';

export interface SampleRequest {
  /** Absolute path of the energy file. */
  readonly file: string;
  readonly seed: number;
  /** Directory of a fit whose density is sampled; undefined takes the energy itself, or its newest fit. */
  readonly run?: string;
  /** By default parallel tempering, and annealed Langevin for a score network. */
  readonly sampler?: string;
  /** Options that win over the sampler's defaults. */
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly particles?: number;
  /** 'data', 'normal', 'uniform', or the path of a file or of a sampler run. */
  readonly start?: string;
  /** Steers the particles by a likelihood. */
  readonly guide?: Guide;
  /** Where a relative path of `start` begins. */
  readonly directory: string;
}

export interface SampleProblem {
  readonly traced: TracedEnergy;
  readonly file: string;
  readonly seed: number;
  readonly sampler: Sampler;
  /** All options of the sampler. */
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly target: SampleTarget;
  readonly start: Start;
}

const annealed = 'annealed-langevin';

/** Throws SampleError, SamplerError, RunError, EnergyFileError or DataError for what does not fit together. */
export async function prepareSample(traced: TracedEnergy, request: SampleRequest): Promise<SampleProblem> {
  const { file, seed, particles } = request;
  const ofScores = traced.network === 'score';
  const sampler = samplerNamed(request.sampler ?? (ofScores ? annealed : 'parallel-tempering'));
  if (ofScores && sampler.name !== annealed)
    throw new SampleError(
      'target',
      `"${traced.name}" is a score network, which has no density: sample it with --sampler ${annealed}, not ${sampler.name}.`,
    );
  // Mistakes in options are told before any data are read.
  resolveOptions(sampler.name, sampler.options, request.options);
  const chosen = await chooseTarget(traced, file, seed, request.run);
  const target = request.guide ? guidedTarget(chosen, request.guide) : chosen;
  const preset = sampler.name === annealed ? target.annealing : {};
  const options = resolveOptions(sampler.name, sampler.options, { ...preset, ...request.options });
  const start = await startOf({
    start: request.start ?? 'normal',
    particles,
    source: target.source,
    dim: traced.dim,
    seed,
    directory: request.directory,
  });
  return { traced, file, seed, sampler, options, target, start };
}
