/** A task that runs the bundled command line in the integrated terminal. */

import { homedir } from 'node:os';
import * as vscode from 'vscode';

/**
 * A task for one energy file. It runs on the Node.js of VS Code itself, so that none needs to be installed.
 * @param cli path of the bundled command line
 * @param file the energy file, on disk; names the task, which runs in the file's workspace folder, or at home
 * @param args arguments of the command line
 */
export function cliTask(cli: string, file: vscode.Uri, args: readonly string[]): vscode.Task {
  const folder = vscode.workspace.getWorkspaceFolder(file);
  // In a window without folders VS Code starts terminals in the user's home only.
  const execution = new vscode.ProcessExecution(process.execPath, [cli, ...args], {
    cwd: folder?.uri.fsPath ?? homedir(),
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  const name = vscode.l10n.t('Fit {0}', vscode.workspace.asRelativePath(file));
  const task = new vscode.Task({ type: 'unblind' }, folder ?? vscode.TaskScope.Workspace, name, 'Unblind', execution, []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated, focus: false, clear: true };
  return task;
}
