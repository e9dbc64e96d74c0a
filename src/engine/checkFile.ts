import { DataError } from '../data/dataError';
import { EnergyFileError } from '../energy/errors';
import { loadEnergyFile } from '../energy/load';
import type { TracedEnergy } from '../energy/traced';
import type { CheckLineMessage, FromEngine } from '../shared/protocol';
import { checkTraced } from './check/checkTraced';

type Checked = Extract<FromEngine, { type: 'checked' }>;

/** How a file is checked. */
export interface CheckFileOptions {
  /** Text to check instead of what is on disk. */
  readonly text?: string;
  /** Gives the check up. */
  readonly signal?: AbortSignal;
}

/** The seed of checks: derivatives are right or wrong whatever the initial parameters are. */
const seed = 0;

/**
 * Derivatives of an energy with more numbers than this, parameters times coordinates, take longer than a pause in typing:
 * they are checked once the file is saved.
 */
const quickNumbers = 200_000;

function isQuick({ dim, params }: TracedEnergy): boolean {
  return dim * params.reduce((n, { init }) => n + init.length, 0) <= quickNumbers;
}

async function linesOf(traced: TracedEnergy, file: string, derivatives: boolean): Promise<readonly CheckLineMessage[]> {
  try {
    return await checkTraced(traced, file, seed, derivatives);
  } catch (error) {
    // What one energy lacks does not keep the others from being checked.
    if (error instanceof EnergyFileError || error instanceof DataError) return [{ name: 'data', status: 'fail', text: error.message }];
    throw error;
  }
}

/** Lets messages in that came meanwhile, such as that the check is given up. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Loads a file and checks its energies; a mistake in the file itself is part of the answer.
 * @returns undefined where the check was given up
 */
export async function checkFile(id: number, file: string, { text, signal }: CheckFileOptions = {}): Promise<Checked | undefined> {
  const isGivenUp = (): boolean => signal?.aborted === true;
  if (isGivenUp()) return undefined;
  try {
    const { energies, warnings } = await loadEnergyFile(file, { seed, ...(text !== undefined && { text }), ...(signal && { signal }) });
    const checked: Checked['energies'][number][] = [];
    for (const traced of energies) {
      const lines = await linesOf(traced, file, text === undefined || isQuick(traced));
      checked.push({ name: traced.name, line: traced.source.line, lines });
      await breath();
      if (isGivenUp()) return undefined;
    }
    return { type: 'checked', id, energies: checked, error: undefined, warnings };
  } catch (error) {
    if (isGivenUp()) return undefined;
    if (!(error instanceof EnergyFileError)) throw error;
    const { reason, message, fix, position = { file, line: 1, column: 1 } } = error;
    const found = { reason, message, ...position, ...(fix && { fix }) };
    return { type: 'checked', id, energies: [], error: found, warnings: [] };
  }
}
