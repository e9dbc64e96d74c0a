import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

const seconds = 60;

/**
 * Resolves once the window has its folders: those of a workspace file may be read only after extensions have started. Where the
 * file was read before the window could take its folders, VS Code forgets them until the file changes: so it is changed, by a line end.
 */
export async function foldersAreThere(): Promise<void> {
  const there = (): boolean => (vscode.workspace.workspaceFolders ?? []).length > 0;
  if (there()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The window has no folders after ${seconds} s.`)), 1000 * seconds);
    const subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      if (!there()) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    });
    const file = vscode.workspace.workspaceFile?.fsPath;
    if (file !== undefined) writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
  });
}
