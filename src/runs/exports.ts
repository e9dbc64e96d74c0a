import { exportCsv } from './export/csv';
import { exportHtml, exportSampleHtml } from './export/html';
import { exportJson } from './export/json';
import { exportNpz } from './export/npz';
import { exportSampleCsv, exportSampleNpz } from './export/sampleTables';
import { readAnyRun, type Run, type SampleRun } from './runReader';

/** Writes a run in another format and answers with the paths it wrote. Throws RunError. */
export type RunExport = (run: Run, out: string) => Promise<string[]>;

/** Every format a run can be exported to. */
export const runExports = { csv: exportCsv, npz: exportNpz, json: exportJson, html: exportHtml } as const satisfies Readonly<
  Record<string, RunExport>
>;

export type RunExportFormat = keyof typeof runExports;

const sampleExports: Readonly<Record<RunExportFormat, (run: SampleRun, out: string) => Promise<string[]>>> = {
  csv: exportSampleCsv,
  npz: exportSampleNpz,
  json: exportJson,
  html: exportSampleHtml,
};

/** Writes the run of a directory, of whatever kind, in another format and answers with the paths it wrote. Throws RunError. */
export async function exportRun(directory: string, format: RunExportFormat, out: string): Promise<string[]> {
  const run = readAnyRun(directory);
  return run.kind === 'fit' ? runExports[format](run, out) : sampleExports[format](run, out);
}
