/** "Export Run...": a run in another format, where the user wants it. */

import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RunExportFormat } from '../../runs/exports';
import type { Command } from '../commandContext';
import { t } from '../t';
import { directoriesOf } from './arguments';
import { pickRun } from './pickRuns';
import { sayError } from './sayError';

export const exportRun: Command = {
  id: 'exportRun',
  run: async (context, ...args) => {
    const [directory = await pickRun(context, t('Export which run?'), true)] = directoriesOf(args);
    if (directory === undefined) return;
    const format = await pickFormat();
    if (format === undefined) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${basename(directory)}.${format}`;
    const target = await vscode.window.showSaveDialog({
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { [format.toUpperCase()]: [format] },
    });
    if (target === undefined) return;
    const paths = await sayError(async () => {
      const { exportRun: write } = await import('../../runs/exports');
      return write(directory, format, target.fsPath);
    });
    if (paths === undefined || paths.length === 0) return;
    const open = t('Open');
    const said =
      paths.length === 1 ? t('Exported to {0}.', paths[0]!) : t('Exported {0} tables, the first to {1}.', paths.length, paths[0]!);
    if ((await vscode.window.showInformationMessage(said, open)) === open)
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(paths[0]!));
  },
};

async function pickFormat(): Promise<RunExportFormat | undefined> {
  const texts: Readonly<Record<RunExportFormat, string>> = {
    html: t('a report with figures, in one file'),
    csv: t('tables: loss, modes, density, samples'),
    npz: t('all arrays, for NumPy'),
    json: t('record, result and events'),
  };
  const items = Object.entries(texts).map(([label, detail]) => ({ label, detail, format: label as RunExportFormat }));
  return (await vscode.window.showQuickPick(items, { title: t('Export as what?') }))?.format;
}
