/** Shows what goes wrong as one sentence. */

import * as vscode from 'vscode';

/** Undefined where it went wrong and the user was told. */
export async function sayError<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
