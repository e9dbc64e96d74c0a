/** What the suites do again and again. */

import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { SessionView, UnblindApi } from '../../../src/editor/api';
import { until } from './until';

export { until };

export const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
export const quickFile = join(folder, 'quick.energy.ts');

/** The extension, activated. */
export async function activate(): Promise<UnblindApi> {
  const extension = vscode.extensions.getExtension<UnblindApi>('unblind.unblind');
  if (extension === undefined) throw new Error('The extension is not there.');
  return extension.activate();
}

export async function show(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
}

/** Titles of the lenses of a file, in order. */
export async function lensesOf(file: string): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand('vscode.executeCodeLensProvider', vscode.Uri.file(file), 100);
}

/** Writes a file of its own for one test. */
export async function fresh(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Replaces the whole text of a document and saves it. */
export async function rewrite(editor: vscode.TextEditor, change: (text: string) => string, save = true): Promise<void> {
  const text = editor.document.getText();
  const all = new vscode.Range(editor.document.positionAt(0), editor.document.positionAt(text.length));
  await editor.edit((builder) => builder.replace(all, change(text)));
  if (save) await editor.document.save();
}

/** Our own diagnostics of a file. */
export function squigglesOf(file: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ source }) => source === 'Unblind');
}

/** The newest session of this window, once it has ended. */
export async function ended(api: UnblindApi, seconds = 120): Promise<SessionView> {
  return until(
    'the end of the run',
    () => {
      const last = api.sessions().findLast(({ steers }) => steers);
      return last?.phase === 'ended' ? last : undefined;
    },
    seconds,
  );
}

/** The energies of the workspace under another name, in a file of their own. */
export async function copyOfQuick(name: string): Promise<string> {
  return fresh(name, await readFile(quickFile, 'utf8'));
}

/** A command of the extension. */
export async function command(name: string, ...args: readonly unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(`unblind.${name}`, ...args);
}

/** Fits an energy to its end. */
export async function fitted(api: UnblindApi, energy: { readonly file: string; readonly name: string }): Promise<SessionView> {
  await command('fit', energy);
  return ended(api);
}

/** The newest session, which is of this energy, once it has done some steps. */
export async function running(api: UnblindApi, name: string): Promise<SessionView> {
  const session = await until('steps', () => {
    const last = api.sessions().at(-1);
    return last?.energy === name && (last.phase === 'ended' || last.step > 0) && last;
  });
  // Before somebody waits for what will never come.
  if (session.phase === 'ended') {
    const marks = squigglesOf(session.file).map(({ message }) => message);
    throw new Error(`The run of ${name} has ended before its first step: ${session.end ?? ''} ${marks.join(' ')}`);
  }
  return session;
}

/** Run directories below a folder, oldest first. */
export function runDirectories(base: string): string[] {
  const runs = join(base, '.unblind/runs');
  return readdirSync(runs)
    .sort()
    .map((name) => join(runs, name));
}

/** A JSON file. */
export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
