import * as vscode from 'vscode';

/** Resolves once the window has its folders: those of a workspace file may be read only after extensions have started. */
export async function foldersAreThere(): Promise<void> {
  if (vscode.workspace.workspaceFolders !== undefined) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      subscription.dispose();
      resolve();
    });
  });
}
