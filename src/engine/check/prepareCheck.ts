import type { TracedEnergy } from '../../energy/traced';
import { modelOf, prepareFit, type PrepareOptions, settingsOf } from '../fit/prepare';
import { standardize } from '../fit/standardization';
import { Random } from '../../shared/random';
import { scoreObjective } from '../../shared/settings';
import type { CheckInput } from './checkEnergy';

/** Few rows: the float64 reference is plain code, and a wrong rule shows in one row. */
const rowCount = 3;

/** Rows and settings for a check: of the data where there are some, else standard normal. Throws like prepareFit. */
export async function prepareCheck(traced: TracedEnergy, options: PrepareOptions): Promise<{ input: CheckInput; data: string }> {
  if (traced.data && traced.params.length > 0) {
    const problem = await prepareFit(traced, options);
    const rows = standardize(problem.source.overview(rowCount), problem.standardization);
    const { model, settings, mixing, sigma, initial } = problem;
    return {
      input: { model, params: initial, rows, settings, mixingLogDensity: mixing.logDensity, sigma },
      data: problem.source.description,
    };
  }
  const rows = new Float64Array(rowCount * traced.dim);
  new Random(options.seed).fillNormal(rows);
  const params = Float32Array.from(traced.params.flatMap(({ init }) => Array.from(init)));
  return {
    input: {
      model: modelOf(traced),
      params,
      rows,
      settings: { ...settingsOf(traced, options.overrides), objective: traced.network === 'energy' ? 'fisher' : scoreObjective },
      mixingLogDensity: (x) => x,
      sigma: Array<number>(traced.dim).fill(0.1),
    },
    data: traced.data ? 'not read: the energy has no parameters to fit' : 'none: the energy can be sampled and tested, not fitted',
  };
}
