import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runsFolder } from '../runs/layout';
import { projectRoot } from '../runs/projectRoot';
import { RunError } from '../runs/runError';
import { type Run, readRun } from '../runs/runReader';

function readable(directory: string): Run[] {
  try {
    return [readRun(directory)];
  } catch (error) {
    if (error instanceof RunError) return [];
    throw error;
  }
}

/** The latest finished run of an energy among those of its project that has a density; undefined where there is none. Damaged runs do not count. */
export function latestRun(file: string, energy: string): Run | undefined {
  const folder = runsFolder(projectRoot(file));
  if (!existsSync(folder)) return undefined;
  const runs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readable(join(folder, name)))
    .filter(({ record, result }) => record.file === file && record.energy === energy && result !== null && result.logZ !== null);
  return runs.sort((a, b) => (a.record.createdAt < b.record.createdAt ? 1 : -1))[0];
}
