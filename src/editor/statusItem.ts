/** The one item of the status bar: the run that goes on. */

import * as vscode from 'vscode';
import { Disposable } from './disposable';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import { duration } from './numbers';
import { progressWords } from './resultWords';
import type { RunSession } from './runSession';
import { t } from './t';

export class StatusItem extends Disposable {
  private readonly item = this.register(vscode.window.createStatusBarItem('unblind.run', vscode.StatusBarAlignment.Left, 0));

  constructor(private readonly fits: FitService) {
    super();
    this.item.name = 'Unblind';
    this.register(fits.onDidStart(() => this.update()));
    this.register(fits.onDidChange(() => this.update()));
  }

  private update(): void {
    const session = this.fits.current;
    void vscode.commands.executeCommand('setContext', 'unblind.running', session !== undefined);
    if (session === undefined) {
      this.item.hide();
      return;
    }
    this.show(session);
  }

  private show(session: RunSession): void {
    const { phase, stage, step, steps, stepsPerSecond, secondsLeft, request } = session;
    if (phase === 'ended') return;
    const icon = phase === 'paused' ? '$(debug-pause)' : '$(sync~spin)';
    this.item.text = `${icon} ${request.energy}: ${progressWords({ phase, stage, step, steps }, t)}`;
    const rate = stepsPerSecond > 0 ? t('{0} steps/s', Math.round(stepsPerSecond)) : '';
    const left = duration(secondsLeft);
    const lines = [rate, left === '' ? '' : t('{0} left', left), t('Click to open the panel.')];
    this.item.tooltip = lines.filter((line) => line !== '').join('\n');
    this.item.command = { title: t('Open Panel'), command: 'unblind.openPanel', arguments: [nameOf(request)] };
    this.item.show();
  }
}
