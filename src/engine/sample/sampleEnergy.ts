import type { TracedEnergy } from '../../energy/traced';
import { projectRoot } from '../../runs/projectRoot';
import { defaultRunDirectory } from '../../runs/runWriter';
import { type FinishedSample, runSample, type RunSampleOptions } from './runSample';
import { prepareSample, type SampleProblem, type SampleRequest } from './sampleProblem';

export interface SampleEnergyOptions extends SampleRequest, Omit<RunSampleOptions, 'directory'> {
  /** The run directory, to be made; by default a new one among the project's runs. */
  readonly runDirectory?: string;
}

/**
 * From a traced energy to finished particles: the one way in which the command line and the editor sample.
 * Throws what `prepareSample` throws, SamplerError ('diverged'), ExecutorError and RunError.
 */
export async function sampleEnergy(
  traced: TracedEnergy,
  options: SampleEnergyOptions,
): Promise<FinishedSample & { readonly problem: SampleProblem }> {
  const problem = await prepareSample(traced, options);
  const free = (): string => defaultRunDirectory(projectRoot(options.file), traced.name, problem.sampler.name, new Date());
  return { ...(await runSample(problem, { ...options, directory: options.runDirectory ?? free })), problem };
}
