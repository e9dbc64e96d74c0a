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
    const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
    await vscode.window.showTextDocument(document, { preview: true });
  },
};

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
