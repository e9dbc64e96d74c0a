/** The one item of the status bar: the run or the diagnosis that goes on. */

import * as vscode from 'vscode';
import type { PanelView } from '../shared/panelProtocol';
import { currentRun, isSampling } from './currentRun';
import type { Diagnosing } from './diagnosing';
import type { DiagnoseService } from './diagnoseService';
import { Disposable } from './disposable';
import type { EnergyRef } from './energyRef';
import type { FitService } from './fitService';
import { nameOf } from './sessionService';
import { duration } from './numbers';
import { progressWords } from './resultWords';
import type { RunSession } from './runSession';
import type { SampleService } from './sampleService';
import type { SampleSession } from './sampleSession';
import { t } from './t';

export class StatusItem extends Disposable {
  private readonly item = this.register(vscode.window.createStatusBarItem('unblind.run', vscode.StatusBarAlignment.Left, 0));

  constructor(
    private readonly fits: FitService,
    private readonly samples: SampleService,
    private readonly diagnoses: DiagnoseService,
  ) {
    super();
    this.item.name = 'Unblind';
    const update = (): void => this.update();
    for (const { onDidStart, onDidJoin, onDidChange } of [fits, samples])
      for (const event of [onDidStart, onDidJoin, onDidChange]) this.register(event(update));
    this.register(diagnoses.onDidChange(update));
  }

  private update(): void {
    const session = currentRun(this.fits, this.samples);
    const diagnosing = this.diagnoses.active.at(-1);
    void vscode.commands.executeCommand('setContext', 'unblind.running', session !== undefined || diagnosing !== undefined);
    if (session !== undefined) this.showRun(session);
    else if (diagnosing !== undefined) this.showDiagnosis(diagnosing);
    else this.item.hide();
  }

  private showDiagnosis({ request, state }: Diagnosing): void {
    const stage = state.kind === 'stage' ? state.text : '';
    this.item.text = `$(sync~spin) ${request.energy}: ${t('diagnosing: {0}', stage)}`;
    this.item.tooltip = t('Click to open the panel.');
    this.open(nameOf(request), 'diagnosis');
  }

  private showRun(session: RunSession | SampleSession): void {
    const { phase, stage, step, steps, stepsPerSecond, secondsLeft, request } = session;
    if (phase === 'ended') return;
    const icon = phase === 'paused' ? '$(debug-pause)' : '$(sync~spin)';
    this.item.text = `${icon} ${request.energy}: ${progressWords({ phase, stage, step, steps }, t, isSampling(session))}`;
    const rate = stepsPerSecond > 0 ? t('{0} steps/s', Math.round(stepsPerSecond)) : '';
    const left = duration(secondsLeft);
    const lines = [rate, left === '' ? '' : t('{0} left', left), t('Click to open the panel.')];
    this.item.tooltip = lines.filter((line) => line !== '').join('\n');
    this.open(nameOf(request), isSampling(session) ? 'sample' : 'fit');
  }

  /** Shows the item; a click opens the panel there. */
  private open(energy: EnergyRef, view: PanelView): void {
    this.item.command = { title: t('Open Panel'), command: 'unblind.openPanel', arguments: [energy, view] };
    this.item.show();
  }
}
