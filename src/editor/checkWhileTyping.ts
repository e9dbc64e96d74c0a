/** Checks energy files while they are written: once the keys rest, with the text as the editor has it. */

import * as vscode from 'vscode';
import type { CheckService } from './checkService';
import { Disposable } from './disposable';
import { isEnergyDocument } from './energyFile';
import { isOn } from './settings';
import { whyUntrusted } from './trust';

const restMilliseconds = 500;

export class CheckWhileTyping extends Disposable {
  private readonly resting = new Map<string, NodeJS.Timeout>();

  constructor(private readonly checks: CheckService) {
    super();
    this.register(vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)));
    this.register(vscode.workspace.onDidSaveTextDocument((document) => this.drop(document)));
    this.register(vscode.workspace.onDidCloseTextDocument((document) => this.drop(document)));
    this.register({ dispose: () => this.resting.forEach((timer) => clearTimeout(timer)) });
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isEnergyDocument(document)) return;
    this.drop(document);
    if (!isOn('checkWhileTyping') || whyUntrusted() !== undefined) return;
    const timer = setTimeout(() => {
      this.resting.delete(document.uri.fsPath);
      void this.checks.check(document.uri.fsPath, document.getText());
    }, restMilliseconds);
    this.resting.set(document.uri.fsPath, timer);
  }

  /** What waits or runs is of a text that is gone. */
  private drop({ uri }: vscode.TextDocument): void {
    clearTimeout(this.resting.get(uri.fsPath));
    this.resting.delete(uri.fsPath);
    this.checks.overtake(uri.fsPath);
  }
}
