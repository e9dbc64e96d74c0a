/** What must be so before a diagnosis starts: a trusted workspace, a saved file, a density; and a panel that shows it. */

import * as vscode from 'vscode';
import type { DiagnoseService } from './diagnoseService';
import type { EnergyRef } from './energyRef';
import { foundEnergy, saveFile } from './energyFile';
import type { Live } from './live';
import type { Panels } from './panels';
import { t } from './t';
import { whyUntrusted } from './trust';

export class Diagnoser {
  constructor(
    private readonly diagnoses: DiagnoseService,
    private readonly panels: () => Panels,
    private readonly live: Live,
  ) {}

  /** Starts a diagnosis, or says why not. */
  async diagnose(energy: EnergyRef): Promise<void> {
    const refusal = whyUntrusted();
    if (refusal !== undefined) return void vscode.window.showWarningMessage(refusal);
    if ((await foundEnergy(energy))?.network === 'score')
      return void vscode.window.showInformationMessage(
        t('A score network has no density whose mode weights could be diagnosed: sample it to see where its particles go.'),
      );
    if (!(await this.live.quietly(() => saveFile(energy.file)))) return;
    const panel = await this.panels().open(energy);
    panel.show('diagnosis');
    const { settings, finishedRun } = panel.model;
    await this.diagnoses.start({ file: energy.file, energy: energy.name, executor: settings.executor, seed: 0, run: finishedRun });
  }
}
