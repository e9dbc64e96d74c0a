import type { Run, SampleRun } from '../runReader';
import { sampleReport } from '../report/sampleReport';
import { comparisonReport } from '../report/comparison';
import { runReport } from '../report/runReport';
import { RunError } from '../runError';
import { outputFile } from './outputFile';
import { writeFileAtomic } from '../atomicFile';

/** Writes the report of a run as one self-contained HTML file: `out`, or `report.html` in it where it is a directory. Throws RunError. */
export function exportHtml(run: Run, out: string): Promise<string[]> {
  return writePage(() => runReport(run), out, 'report.html');
}

/** The same of a sampler run. Throws RunError. */
export function exportSampleHtml(run: SampleRun, out: string): Promise<string[]> {
  return writePage(() => sampleReport(run), out, 'report.html');
}

/** Writes runs side by side as one self-contained HTML file: `out`, or `comparison.html` in it where it is a directory. Throws RunError. */
export function compareReport(runs: readonly Run[], out: string): Promise<string[]> {
  return writePage(
    () => {
      if (runs.length === 0) throw new RunError('not-a-run', 'A comparison needs at least one run.');
      return comparisonReport(runs);
    },
    out,
    'comparison.html',
  );
}

async function writePage(make: () => string, out: string, name: string): Promise<string[]> {
  const path = outputFile(out, name);
  writeFileAtomic(path, make());
  return Promise.resolve([path]);
}
