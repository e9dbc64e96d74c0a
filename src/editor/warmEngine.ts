/** Starts an engine process ahead once an energy file is seen: its author is likely to fit it. */

import * as vscode from 'vscode';
import { Disposable } from './disposable';
import { isEnergyDocument } from './energyFile';
import { whyUntrusted } from './trust';

export class WarmEngine extends Disposable {
  private started = false;

  /** @param start starts the process; called once */
  constructor(private readonly start: () => Promise<void>) {
    super();
    this.register(vscode.workspace.onDidOpenTextDocument((document) => this.look(document)));
    this.register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.lookAtAll()));
    this.lookAtAll();
  }

  private lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  private look(document: vscode.TextDocument): void {
    if (this.started || !isEnergyDocument(document) || whyUntrusted() !== undefined) return;
    this.started = true;
    void this.start();
  }
}
