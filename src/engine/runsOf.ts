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

/** The fits of an energy among the runs of its project, newest first. What is damaged or of another kind does not count. */
export function runsOf(file: string, energy: string): Run[] {
  const folder = runsFolder(projectRoot(file));
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readable(join(folder, name)))
    .filter(({ record }) => record.file === file && record.energy === energy)
    .sort((a, b) => b.record.createdAt.localeCompare(a.record.createdAt));
}
