import type { Run, SampleRun } from '../runReader';
import { writeFileAtomic } from '../atomicFile';
import { outputFile } from './outputFile';

/** Writes record, result and events as one JSON file: `out`, or `run.json` in it where it is a directory. Numbers that are not finite are null. Throws RunError. */
export async function exportJson(run: Run | SampleRun, out: string): Promise<string[]> {
  const path = outputFile(out, 'run.json');
  writeFileAtomic(path, `${JSON.stringify({ record: run.record, result: run.result, events: run.events }, null, 1)}\n`);
  return Promise.resolve([path]);
}
