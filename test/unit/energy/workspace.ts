/** Folders with energy files for one test file. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { EnergyFileError } from '../../../src/energy/errors';
import { loadEnergyFile, type LoadOptions } from '../../../src/energy/load';

let count = 0;
const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/**
 * Writes files into a new folder.
 *
 * @param files contents by path
 * @returns the folder
 */
export async function writeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `unblind-energy-${count++}-`));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Writes one energy file. @returns its path */
export async function writeEnergy(text: string, name = 'test.energy.ts'): Promise<string> {
  return join(await writeFiles({ [name]: text }), name);
}

/** The mistake in a file. Fails where it loads. */
export async function mistakeIn(path: string, options: LoadOptions): Promise<EnergyFileError> {
  const loaded = await loadEnergyFile(path, options).catch((error: unknown) => error);
  if (loaded instanceof EnergyFileError) return loaded;
  throw loaded instanceof Error ? loaded : new Error('the file loads, but it should not');
}
