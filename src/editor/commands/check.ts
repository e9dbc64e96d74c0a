/** "Check Energy": shapes, data and derivatives, without a fit. */

import * as vscode from 'vscode';
import { chooseFile } from '../chooseEnergy';
import type { Command } from '../commandContext';
import { saveFile } from '../energyFile';
import { t } from '../t';
import { whyUntrusted } from '../trust';
import { isEnergyArgument } from './arguments';

const shownMilliseconds = 6000;

export const check: Command = {
  id: 'check',
  run: async ({ checks }, resource) => {
    const refusal = whyUntrusted();
    if (refusal !== undefined) return void vscode.window.showWarningMessage(refusal);
    const file = await chooseFile(isEnergyArgument(resource) ? resource : undefined);
    if (file === undefined || !(await saveFile(file))) return;
    const name = vscode.workspace.asRelativePath(file);
    const title = t('Checking {0}', name);
    const outcome = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => checks.check(file));
    if ('failure' in outcome) return void vscode.window.showErrorMessage(t('{0} could not be checked: {1}', name, outcome.failure));
    const { energies, error } = outcome.checked;
    const bad = energies.flatMap(({ lines }) => lines).filter(({ status }) => status !== 'pass').length + (error === undefined ? 0 : 1);
    const said = bad === 0 ? t('$(check) {0}: all checks passed', name) : t('$(warning) {0}: {1} found, see the squiggles', name, bad);
    vscode.window.setStatusBarMessage(said, shownMilliseconds);
    // What is wrong is at the place where it is: go there.
    if (error !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file), { preserveFocus: true });
  },
};
