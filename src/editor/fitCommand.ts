/** The command "Fit EBM with MFD". */

import * as vscode from 'vscode';
import { cliTask } from './cliTask';
import { chooseEnergyFile, saveFile } from './energyFile';
import { whyUntrusted } from './trust';

/**
 * Registers `unblind.fit`: saves the energy file and fits it with the mixture Fisher divergence in the integrated terminal.
 * @param cli path of the bundled command line
 */
export function registerFitCommand(cli: string): vscode.Disposable {
  return vscode.commands.registerCommand('unblind.fit', async (resource?: vscode.Uri) => {
    const refusal = whyUntrusted();
    if (refusal !== undefined) return void vscode.window.showWarningMessage(refusal);
    const file = chooseEnergyFile(resource);
    if (typeof file === 'string') return void vscode.window.showInformationMessage(file);
    if (!(await saveFile(file))) return;
    await vscode.tasks.executeTask(cliTask(cli, file, ['fit', file.fsPath, '--objective', 'mfd']));
  });
}
