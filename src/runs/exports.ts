import { exportCsv } from './export/csv';
import { exportHtml } from './export/html';
import { exportJson } from './export/json';
import { exportNpz } from './export/npz';
import { exportSampleCsv, exportSampleNpz } from './export/sampleTables';
import { RunError } from './runError';
import { readAnyRun, type Run, type SampleRun } from './runReader';

/** Writes a run in another format and answers with the paths it wrote. Throws RunError. */
export type RunExport = (run: Run, out: string) => Promise<string[]>;

/** Every format a run can be exported to. */
export const runExports = { csv: exportCsv, npz: exportNpz, json: exportJson, html: exportHtml } as const satisfies Readonly<
  Record<string, RunExport>
>;

export type RunExportFormat = keyof typeof runExports;

/** A report of particles is not made yet. */
function noReport({ directory }: SampleRun): never {
  throw new RunError(
    'unsupported',
    `${directory} holds particles of a sampler, of which there is no html report yet; export csv, npz or json.`,
  );
}

const sampleExports: Readonly<Record<RunExportFormat, (run: SampleRun, out: string) => Promise<string[]>>> = {
  csv: exportSampleCsv,
  npz: exportSampleNpz,
  json: exportJson,
  html: noReport,
};

/** Writes the run of a directory, of whatever kind, in another format and answers with the paths it wrote. Throws RunError. */
export async function exportRun(directory: string, format: RunExportFormat, out: string): Promise<string[]> {
  const run = readAnyRun(directory);
  return run.kind === 'fit' ? runExports[format](run, out) : sampleExports[format](run, out);
}
