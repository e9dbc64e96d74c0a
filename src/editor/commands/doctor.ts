/** "Show Doctor Report": what runs on this machine, asked of the command line in a process of its own. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { Command } from '../commandContext';
import { t } from '../t';
import { whyUntrusted } from '../trust';

export const doctor: Command = {
  id: 'doctor',
  run: async ({ extension }) => {
    const refusal = whyUntrusted();
    if (refusal !== undefined) return void vscode.window.showWarningMessage(refusal);
    const cli = vscode.Uri.joinPath(extension, 'dist', 'cli.js').fsPath;
    const title = t('Unblind: testing what runs here');
    const text = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => report(cli));
    await showReadOnly(t('Doctor Report'), text);
  },
};

/** Shows a text that nobody is asked to save. */
async function showReadOnly(title: string, text: string): Promise<void> {
  const scheme = 'unblind-report';
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => text });
  try {
    // The time makes each report a document of its own.
    const uri = vscode.Uri.from({ scheme, path: title, query: String(Date.now()) });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  } finally {
    provider.dispose();
  }
}

async function report(cli: string): Promise<string> {
  try {
    // The Node.js of VS Code itself, so that none needs to be installed.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'doctor'], { env, timeout: 120_000 });
    return stdout;
  } catch (error) {
    return t('The report could not be made: {0}', error instanceof Error ? error.message : String(error));
  }
}
