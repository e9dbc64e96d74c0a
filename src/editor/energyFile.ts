/** Energy files as VS Code has them. */

import * as vscode from 'vscode';
import type { EnergyRef } from './energyRef';
import { findEnergies, type FoundEnergy } from './findEnergies';

/** All energy files of a workspace. */
export const energyGlob = '**/*.energy.{ts,js}';

/** What lenses and checks are for: energy files that are on disk. */
export const energySelector: vscode.DocumentSelector = { scheme: 'file', pattern: energyGlob };

const energyFile = /\.energy\.(ts|js)$/;

/** Whether a path names an energy file. */
export function isEnergyFile(path: string): boolean {
  return energyFile.test(path);
}

/** Whether a document is an energy file on disk. */
export function isEnergyDocument({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && isEnergyFile(uri.path);
}

/** The open document of a file, if there is one. */
export function openDocument(file: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
}

/** The text of a file: as the editor has it where it is open, else as it is on disk. */
export async function textOf(uri: vscode.Uri): Promise<string> {
  const open = openDocument(uri.fsPath);
  return open !== undefined ? open.getText() : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/**
 * Saves the file's unsaved changes, if it has any.
 * @returns whether what is on disk is what the editor shows
 */
export async function saveFile(file: string): Promise<boolean> {
  const document = openDocument(file);
  return document?.isDirty === true ? document.save() : true;
}

/** An energy as the text of its file has it now; undefined where the text lacks it, or there is no such file. */
export async function foundEnergy({ file, name }: EnergyRef): Promise<FoundEnergy | undefined> {
  try {
    return findEnergies(await textOf(vscode.Uri.file(file))).find((energy) => energy.name === name);
  } catch {
    // Whoever fits or checks it says what is wrong with the file.
    return undefined;
  }
}

/** The energies of a document, with the range of each name. */
export function energiesIn(document: vscode.TextDocument): { readonly energy: FoundEnergy; readonly range: vscode.Range }[] {
  return findEnergies(document.getText()).map((energy) => ({
    energy,
    range: new vscode.Range(document.positionAt(energy.offset), document.positionAt(energy.offset + energy.length)),
  }));
}
