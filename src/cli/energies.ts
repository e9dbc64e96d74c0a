import { printNotice } from './terminal';
import type { TracedEnergy } from '../energy/traced';
import { UsageError } from './usage';

export interface EnergyChoice {
  readonly energy: string | undefined;
  readonly seed: number;
  readonly timeoutMs: number | undefined;
}

/** All energies of a file, or the named one. What the file warns of goes to stderr. */
export async function loadEnergies(file: string, { energy, seed, timeoutMs }: EnergyChoice): Promise<readonly TracedEnergy[]> {
  const { loadEnergyFile } = await import('../energy/load');
  const loaded = await loadEnergyFile(file, {
    seed,
    ...(energy !== undefined && { energy }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  for (const line of [...loaded.log, ...loaded.warnings.map((warning) => `warning: ${warning}`)]) printNotice(line);
  return loaded.energies;
}

/** The one energy to work on: the named one, or the only one. Throws UsageError with the names where there are several. */
export async function chooseEnergy(file: string, choice: EnergyChoice): Promise<TracedEnergy> {
  const energies = await loadEnergies(file, choice);
  const [only, second] = energies;
  if (!only) throw new UsageError(`${file} exports no energy.`);
  if (second)
    throw new UsageError(
      `${file} has ${energies.length} energies: choose one with --energy ${energies.map(({ name }) => name).join(' | ')}.`,
    );
  return only;
}
