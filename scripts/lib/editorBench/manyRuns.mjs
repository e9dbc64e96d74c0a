/** Many small runs on disk, made from the one of the tests. */

import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const source = join(root, 'test/fixtures/workspace/storedRun');
/** So many energies share the runs. */
const energies = 40;

/**
 * One a minute, of forty energies in turn, without snapshots.
 * @param {string} folder of runs
 * @param {number} count
 * @returns {Promise<readonly string[]>} the directories
 */
export async function makeRuns(folder, count) {
  const record = JSON.parse(await readFile(join(source, 'run.json'), 'utf8'));
  const [result, events] = await Promise.all(['result.json', 'events.ndjson'].map((name) => readFile(join(source, name))));
  const first = Date.UTC(2026, 0, 1);
  const directories = [];
  for (let i = 0; i < count; i++) {
    const createdAt = new Date(first + 60_000 * i).toISOString();
    const energy = `energy${i % energies}`;
    const directory = join(folder, `${createdAt.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${energy}-mfd`);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'run.json'), JSON.stringify({ ...record, createdAt, energy }, null, 2));
    await writeFile(join(directory, 'result.json'), result ?? '');
    await writeFile(join(directory, 'events.ndjson'), events ?? '');
    directories.push(directory);
  }
  return directories;
}

/**
 * Gives run directories another date, so that they count as changed.
 * @param {readonly string[]} directories
 * @param {number} round another one gives another date
 */
export async function touch(directories, round) {
  const date = new Date(Date.UTC(2026, 1, 1 + round));
  for (const directory of directories) await utimes(directory, date, date);
}
