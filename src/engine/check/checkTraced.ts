import type { TracedEnergy } from '../../energy/traced';
import { checkEnergy, type CheckLine } from './checkEnergy';
import { prepareCheck } from './prepareCheck';

/**
 * All lines of a check of one energy: shapes, data, and what `checkEnergy` finds. Throws like prepareFit.
 * @param derivatives whether to check derivatives, which takes long in many dimensions
 */
export async function checkTraced(traced: TracedEnergy, file: string, seed: number, derivatives = true): Promise<CheckLine[]> {
  const { input, data } = await prepareCheck(traced, { file, seed, overrides: {} });
  const size = traced.params.reduce((n, { init }) => n + init.length, 0);
  const shape: CheckLine = {
    name: 'shapes',
    status: 'pass',
    text: `energy [n, ${traced.dim}] -> [n], rows independent, ${size} parameters in ${traced.params.length} tensors`,
  };
  return [shape, { name: 'data', status: 'pass', text: data }, ...(derivatives ? checkEnergy(input) : [])];
}
