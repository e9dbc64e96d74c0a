import type { TracedEnergy } from '../../energy/traced';
import { checkEnergy, type CheckLine } from './checkEnergy';
import { prepareCheck } from './prepareCheck';

function signature({ network, dim }: TracedEnergy): string {
  return network === 'energy' ? `energy [n, ${dim}] -> [n]` : `score ([n, ${dim}], [n, 1]) -> [n, ${dim}]`;
}

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
    text: `${signature(traced)}, rows independent, ${size} parameters in ${traced.params.length} tensors`,
  };
  return [shape, { name: 'data', status: 'pass', text: data }, ...(derivatives ? checkEnergy(input) : [])];
}
