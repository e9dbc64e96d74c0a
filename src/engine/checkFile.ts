import { DataError } from '../data/dataError';
import { EnergyFileError } from '../energy/errors';
import { loadEnergyFile } from '../energy/load';
import type { TracedEnergy } from '../energy/traced';
import type { CheckLineMessage, FromEngine } from '../shared/protocol';
import { checkTraced } from './check/checkTraced';

type Checked = Extract<FromEngine, { type: 'checked' }>;

/** The seed of checks: derivatives are right or wrong whatever the initial parameters are. */
const seed = 0;

async function linesOf(traced: TracedEnergy, file: string): Promise<readonly CheckLineMessage[]> {
  try {
    return await checkTraced(traced, file, seed);
  } catch (error) {
    // What one energy lacks does not keep the others from being checked.
    if (error instanceof EnergyFileError || error instanceof DataError) return [{ name: 'data', status: 'fail', text: error.message }];
    throw error;
  }
}

/** Loads a file and checks its energies; a mistake in the file itself is part of the answer. */
export async function checkFile(id: number, file: string): Promise<Checked> {
  try {
    const { energies, warnings } = await loadEnergyFile(file, { seed });
    const checked: Checked['energies'][number][] = [];
    for (const traced of energies) checked.push({ name: traced.name, line: traced.source.line, lines: await linesOf(traced, file) });
    return { type: 'checked', id, energies: checked, error: undefined, warnings };
  } catch (error) {
    if (!(error instanceof EnergyFileError)) throw error;
    const { message, position = { file, line: 1, column: 1 } } = error;
    return { type: 'checked', id, energies: [], error: { message, ...position }, warnings: [] };
  }
}
