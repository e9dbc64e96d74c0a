/** The lenses above each energy: always the same six in the same order, whatever state the code is in. */

import * as vscode from 'vscode';
import { Disposable } from './disposable';
import type { EnergyRef } from './energyRef';
import { energiesIn, energySelector } from './energyFile';
import type { FoundEnergy } from './findEnergies';
import { isOn, onDidChangeSetting } from './settings';
import { t } from './t';

/** The last result of an energy in words. */
export type ResultText = (energy: EnergyRef) => string;

export class Lenses extends Disposable implements vscode.CodeLensProvider {
  private readonly changes = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changes.event;

  constructor(private readonly resultText: ResultText) {
    super();
    this.register(vscode.languages.registerCodeLensProvider(energySelector, this));
    this.register(onDidChangeSetting('lenses', () => this.changes.fire()));
  }

  /** The last result of some energy is another one. */
  refresh(): void {
    this.changes.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isOn('lenses')) return [];
    return energiesIn(document).flatMap(({ energy, range }) => {
      const ref: EnergyRef = { file: document.uri.fsPath, name: energy.name };
      return this.commands(ref, energy.network).map((command) => new vscode.CodeLens(range, { ...command, arguments: [ref] }));
    });
  }

  private commands(energy: EnergyRef, network: FoundEnergy['network']): vscode.Command[] {
    const fit =
      network === 'energy'
        ? { title: t('$(play) Fit EBM with MFD'), tooltip: t('Fit with the mixture Fisher divergence') }
        : { title: t('$(play) Fit score network'), tooltip: t('Fit by denoising at many noise levels') };
    return [
      { ...fit, command: 'unblind.fit' },
      { title: t('Fit with...'), command: 'unblind.fitWith', tooltip: t('Choose objective and executor') },
      { title: t('Sample...'), command: 'unblind.sample', tooltip: t('Draw particles with a sampler of your choice') },
      { title: t('Diagnose'), command: 'unblind.diagnose', tooltip: t('Is score matching blind to the weights of its modes?') },
      { title: t('Check'), command: 'unblind.check', tooltip: t('Check shapes, data and derivatives') },
      { title: this.resultText(energy), command: 'unblind.openPanel', tooltip: t('Open the panel') },
    ];
  }
}
