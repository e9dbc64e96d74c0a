import { EnergyFileError } from '../../energy/errors';
import { bindProgram } from '../../energy/bind';
import type { TracedEnergy } from '../../energy/traced';
import { neg } from '../../graph/ops';
import { sourceOf } from '../fit/prepare';
import type { SampleTarget } from './sampleTarget';

/** The density of an energy without parameters, as it is written. Throws EnergyFileError or DataError for data that do not fit. */
export async function fixedTarget(traced: TracedEnergy, file: string, seed: number): Promise<SampleTarget> {
  if (traced.network !== 'energy')
    throw new EnergyFileError('params', `"${traced.name}" is a score network without parameters; give it some and fit it.`, traced.source);
  return {
    record: { kind: 'energy', description: 'the energy as it is written', run: null },
    target: { dim: traced.dim, logDensity: (x) => neg(bindProgram(x.graph, traced.energy, x.shape[0] ?? 1, [x])[0] ?? x) },
    source: traced.data && (await sourceOf(traced.data, traced, 1, { file, seed })),
    weights: null,
    annealing: {},
    notes: [],
  };
}
