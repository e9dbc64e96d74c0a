import { exportCsv } from './export/csv';
import { exportHtml } from './export/html';
import { exportJson } from './export/json';
import { exportNpz } from './export/npz';
import type { Run } from './runReader';

/** Writes a run in another format and answers with the paths it wrote. Throws RunError. */
export type RunExport = (run: Run, out: string) => Promise<string[]>;

/** Every format a run can be exported to. */
export const runExports = { csv: exportCsv, npz: exportNpz, json: exportJson, html: exportHtml } as const satisfies Readonly<
  Record<string, RunExport>
>;

export type RunExportFormat = keyof typeof runExports;
