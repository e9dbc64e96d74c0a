import type { TracedEnergy } from '../../energy/traced';
import { fixedTarget } from './fixedTarget';
import { runTarget } from './runTarget';
import { SampleError } from './sampleError';
import type { SampleTarget } from './sampleTarget';

/**
 * What an energy stands for: its own density where it has no parameters, else a fit's.
 * @param run directory of a fit; undefined takes the newest finished one
 * @throws SampleError, RunError, EnergyFileError, DataError
 */
export function chooseTarget(traced: TracedEnergy, file: string, seed: number, run: string | undefined): Promise<SampleTarget> {
  if (traced.params.length > 0) return runTarget(traced, file, run);
  if (run !== undefined) throw new SampleError('run', `"${traced.name}" has no parameters, so no fit belongs to it; leave --run out.`);
  return fixedTarget(traced, file, seed);
}
