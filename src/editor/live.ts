/** Live fits: saving an energy file starts the last fit of its energies again, from the parameters they had. */

import * as vscode from 'vscode';
import { Disposable } from './disposable';
import { energiesIn, isEnergyDocument } from './energyFile';
import type { FitService } from './fitService';
import { isOn } from './settings';
import { whyUntrusted } from './trust';

export class Live extends Disposable {
  /** What a file said when its fits began, by path: a save without a change restarts nothing. */
  private readonly fitted = new Map<string, string>();

  private suspended = 0;

  constructor(private readonly fits: FitService) {
    super();
    for (const event of [fits.onDidStart, fits.onDidJoin]) this.register(event(({ request }) => this.began(request.file)));
    this.register(vscode.workspace.onWillSaveTextDocument(({ document }) => this.willSave(document)));
    this.register(vscode.workspace.onDidSaveTextDocument((document) => void this.saved(document)));
  }

  private began(file: string): void {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
    if (document !== undefined) this.fitted.set(file, document.getText());
  }

  /** Does work that may save energy files without starting fits: a fit that the user asked for is on its way. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    this.suspended++;
    try {
      return await work();
    } finally {
      this.suspended--;
    }
  }

  /** Whether saving a document starts its fits again. */
  private restarts(document: vscode.TextDocument): boolean {
    if (this.suspended > 0 || !isOn('live') || !isEnergyDocument(document) || whyUntrusted() !== undefined) return false;
    return this.fitted.get(document.uri.fsPath) !== document.getText();
  }

  /** Saving, and starting anew, get the processor that the fits in progress have. */
  private willSave(document: vscode.TextDocument): void {
    if (!this.restarts(document)) return;
    for (const session of this.fits.all) if (session.request.file === document.uri.fsPath) session.makeWay();
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    if (!this.restarts(document)) return;
    const file = document.uri.fsPath;
    for (const { energy } of energiesIn(document)) {
      const last = this.fits.latest({ file, name: energy.name });
      // Whoever steers the fit starts it again.
      if (last === undefined || (last.isActive && !last.steers)) continue;
      // What was measured for the last fit holds for this one: no time goes into choosing again.
      const executor = last.info?.executor ?? last.request.executor;
      // A run that has shown no more than its start is no further than what it started from.
      const warmFrom = (last.frame?.step ?? 0) === 0 ? last.request.warmFrom : last.info?.runDir;
      await this.fits.start({ ...last.request, executor, warmFrom, resume: undefined });
    }
  }
}
