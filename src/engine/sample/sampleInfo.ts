/** What views are told of a sampler run: when it begins, and when its particles have been measured. */

import type { Executor } from '../../executors/executor';
import type { SampleResult } from '../../runs/sampleRecord';
import type { SampleInfo, SampleSummary } from '../../shared/sampleProtocol';
import type { SampleProblem } from './sampleProblem';

/** What is known only once everything is compiled. */
type Begun = Pick<SampleInfo, 'runDir' | 'steps' | 'modes' | 'picture'> & { readonly executor: Executor };

export function infoOf(
  { traced, file, sampler, options, seed, target, start }: SampleProblem,
  { executor, runDir, steps, modes, picture }: Begun,
): SampleInfo {
  return {
    runDir,
    file,
    energy: traced.name,
    dim: traced.dim,
    sampler: sampler.name,
    options,
    seed,
    particles: start.rows.length / traced.dim,
    steps,
    executor: executor.id,
    executorDetail: executor.detail,
    target: target.record.description,
    start: start.description,
    modes,
    picture,
  };
}

export function summaryOf({ seconds, figures, temperature, chains, logZ, modes, warnings }: SampleResult): SampleSummary {
  return { seconds, figures: { ...figures }, temperature, chains, logZ, modes, warnings };
}
