/** Offers the cures of what checks have found, where they were found. */

import * as vscode from 'vscode';
import { Disposable } from './disposable';
import { energySelector } from './energyFile';
import { applyFix } from './fixes/applyFix';
import type { CurableProblem } from './squiggles';
import { t } from './t';

export class QuickFixes extends Disposable implements vscode.CodeActionProvider {
  /** @param curableIn what can be mended in a file, by its path */
  constructor(private readonly curableIn: (file: string) => readonly CurableProblem[]) {
    super();
    const metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.register(vscode.languages.registerCodeActionsProvider(energySelector, this, metadata));
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const source = document.getText();
    return this.curableIn(document.uri.fsPath).flatMap(({ fix, line, column, diagnostic }) => {
      const shown = context.diagnostics.filter(({ message }) => message === diagnostic.message);
      if (shown.length === 0 && diagnostic.range.intersection(range) === undefined) return [];
      const cure = applyFix(source, document.offsetAt(new vscode.Position(line, column)), fix, t);
      if (cure === undefined) return [];
      const action = new vscode.CodeAction(cure.title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = shown.length > 0 ? shown : [diagnostic];
      action.isPreferred = true;
      action.edit = new vscode.WorkspaceEdit();
      for (const { offset, length, text } of cure.edits) {
        const place = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
        action.edit.replace(document.uri, place, text);
      }
      return [action];
    });
  }
}
