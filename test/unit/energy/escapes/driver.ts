/**
 * Loads energy files and reads the data they name, as the engine does, and prints what came of each as a line of JSON. A program of its own,
 * so that it runs on any Node.js, whose sandbox is then the one under test.
 */

import { dirname } from 'node:path';
import { readData } from '../../../../src/data/readers/readTable';
import { EnergyFileError } from '../../../../src/energy/errors';
import { loadEnergyFile } from '../../../../src/energy/load';
import { sandboxProtections } from '../../../../src/energy/sandbox/flags';
import type { SandboxPaths } from '../../../../src/energy/sandbox/paths';
import { DataError } from '../../../../src/data/dataError';

/** What is asked, as JSON in the first argument. */
export interface Asked {
  readonly paths: SandboxPaths;
  readonly files: readonly string[];
  readonly timeoutMs: number;
  readonly heapMb: number;
}

/** What came of a file. */
export interface Outcome {
  readonly file: string;
  /** Absent where it loaded. */
  readonly refusal?: { readonly reason: string; readonly message: string };
  /** Everything the file got out, as one text. */
  readonly said: string;
  readonly polluted: boolean;
  readonly permissions: boolean;
}

function refusalOf(error: unknown): { reason: string; message: string } {
  if (error instanceof EnergyFileError || error instanceof DataError) return { reason: error.reason, message: error.message };
  return { reason: 'not-expected', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

async function load(file: string, { paths, timeoutMs, heapMb }: Asked): Promise<Outcome> {
  const before = Reflect.ownKeys(Object.prototype).length + Reflect.ownKeys(Array.prototype).length;
  let said = '';
  let refusal: Outcome['refusal'];
  try {
    const loaded = await loadEnergyFile(file, { paths, timeoutMs, heapMb });
    said = JSON.stringify(loaded);
    for (const { data, dim } of loaded.energies)
      if (data?.kind === 'file') said += JSON.stringify(await readData(data, { directory: dirname(file), dim, minRows: 1 }));
  } catch (error) {
    refusal = refusalOf(error);
  }
  const polluted = Reflect.ownKeys(Object.prototype).length + Reflect.ownKeys(Array.prototype).length !== before || 'polluted' in {};
  return { file, said, polluted, permissions: sandboxProtections().permissions, ...(refusal && { refusal }) };
}

async function main(): Promise<void> {
  const asked = JSON.parse(process.argv[2] ?? '') as Asked;
  const waiting = [...asked.files];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
      process.stdout.write(`${JSON.stringify(await load(file, asked))}\n`);
  };
  await Promise.all([work(), work()]);
}

void main();
