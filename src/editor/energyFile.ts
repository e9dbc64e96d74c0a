/** Which file a command means: the resource it was started on, or the active editor's. */

import * as vscode from 'vscode';

const energyFile = /\.energy\.(ts|js)$/;

/** Whether a path names an energy file. */
export function isEnergyFile(path: string): boolean {
  return energyFile.test(path);
}

/**
 * The energy file that a command works on.
 * @param resource what VS Code hands to a command started from a menu; undefined from the palette
 * @returns the file's URI, or one sentence on why there is none
 */
export function chooseEnergyFile(resource: vscode.Uri | undefined): vscode.Uri | string {
  const uri = resource ?? vscode.window.activeTextEditor?.document.uri;
  if (!uri || !isEnergyFile(uri.path)) return vscode.l10n.t('Open an energy file (*.energy.ts or *.energy.js) first.');
  if (uri.scheme !== 'file') return vscode.l10n.t('Energy files can only be fitted where they are on disk.');
  return uri;
}

/**
 * Saves the file's unsaved changes, if it has any.
 * @returns whether what is on disk is what the editor shows
 */
export async function saveFile(uri: vscode.Uri): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return document?.isDirty === true ? document.save() : true;
}
