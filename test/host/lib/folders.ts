import * as vscode from 'vscode';

/** Resolves once the window has its folders: those of a workspace file may be read only after extensions have started. */
export async function foldersAreThere(): Promise<void> {
  const there = (): boolean => (vscode.workspace.workspaceFolders ?? []).length > 0;
  if (there()) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      if (!there()) return;
      subscription.dispose();
      resolve();
    });
  });
}
