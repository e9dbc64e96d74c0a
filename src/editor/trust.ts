/** Energy files are code: nothing runs them before the user trusts the workspace. */

import * as vscode from 'vscode';

/** One sentence on why nothing runs here, or undefined where the workspace is trusted. */
export function whyUntrusted(): string | undefined {
  if (vscode.workspace.isTrusted) return undefined;
  return vscode.l10n.t('Energy files are code and run only in a trusted workspace.');
}
