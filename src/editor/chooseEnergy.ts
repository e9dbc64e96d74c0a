/** Which energy a command means: the one it was started on, the one at the cursor, or the one that the user picks. */

import * as vscode from 'vscode';
import type { EnergyRef } from './energyRef';
import { energiesIn, energyGlob, isEnergyFile, textOf } from './energyFile';
import { findEnergies } from './findEnergies';
import { createEnergyFile } from './newEnergyFile';
import { t } from './t';

/** What VS Code or a lens hands to a command. */
export type EnergyArgument = EnergyRef | vscode.Uri | undefined;

/** The energy file that a command works on; asks where nothing says which. Undefined where the user gave up or was told why not. */
export async function chooseFile(resource: EnergyArgument): Promise<string | undefined> {
  if (resource !== undefined && !(resource instanceof vscode.Uri)) return resource.file;
  const active = vscode.window.activeTextEditor?.document.uri;
  const uri = resource ?? (active !== undefined && isEnergyFile(active.path) ? active : await pickFile());
  if (uri === undefined) return undefined;
  if (!isEnergyFile(uri.path)) {
    refuse(t('{0} is not an energy file (*.energy.ts or *.energy.js).', uri.path));
    return;
  }
  if (uri.scheme !== 'file') {
    refuse(t('Energy files can only be run where they are on disk: save this one first.'));
    return;
  }
  return uri.fsPath;
}

/** The energy that a command works on, as `chooseFile`. */
export async function chooseEnergy(resource: EnergyArgument): Promise<EnergyRef | undefined> {
  if (resource !== undefined && !(resource instanceof vscode.Uri)) return resource;
  const file = await chooseFile(resource);
  if (file === undefined) return undefined;
  const names = findEnergies(await textOf(vscode.Uri.file(file))).map(({ name }) => name);
  if (names.length === 0) {
    refuse(t('{0} exports no energy: export const NAME = defineEnergy({ ... }).', vscode.workspace.asRelativePath(file)));
    return;
  }
  if (names.length === 1) return { file, name: names[0]! };
  const atCursor = energyAtCursor(file);
  if (atCursor !== undefined) return { file, name: atCursor };
  const name = await vscode.window.showQuickPick(names, { title: t('Which energy?') });
  return name === undefined ? undefined : { file, name };
}

/** The last energy that is declared above the cursor of the active editor. */
function energyAtCursor(file: string): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.fsPath !== file) return undefined;
  return energiesIn(editor.document).findLast(({ range }) => range.start.line <= editor.selection.active.line)?.energy.name;
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(energyGlob, '**/node_modules/**', 500);
  if (found.length === 0) return createEnergyFile();
  const files = found
    .map((uri) => ({ label: `$(file-code) ${vscode.workspace.asRelativePath(uri)}`, uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const fresh = { label: `$(new-file) ${t('New energy file...')}`, uri: undefined };
  const picked = await vscode.window.showQuickPick([...files, fresh], { title: t('Which energy file?') });
  if (picked === undefined) return undefined;
  const uri = picked.uri ?? (await createEnergyFile());
  if (uri !== undefined && picked.uri !== undefined) await vscode.window.showTextDocument(uri);
  return uri;
}

function refuse(sentence: string): undefined {
  void vscode.window.showInformationMessage(sentence);
  return undefined;
}
