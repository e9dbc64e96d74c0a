/** What must be so before a fit starts: a trusted workspace, a saved file. */

import * as vscode from 'vscode';
import type { RunRecord } from '../runs/record';
import type { FitSettings } from '../shared/settings';
import type { EnergyRef } from './energyRef';
import { saveFile } from './energyFile';
import type { FitService } from './fitService';
import type { Live } from './live';
import type { Panels } from './panels';
import type { RunSession } from './runSession';
import { chosenExecutor } from './settings';
import { whyUntrusted } from './trust';

export interface FitWish {
  readonly overrides: Partial<FitSettings>;
  /** By default the setting's. */
  readonly executor?: string | undefined;
  /** By default the one of the energy's last run in the panel, else 0. */
  readonly seed?: number | undefined;
  readonly warmFrom?: string | undefined;
}

export class Fitter {
  constructor(
    private readonly fits: FitService,
    private readonly panels: () => Panels,
    private readonly live: Live,
  ) {}

  /** Starts a fit, or says why not. */
  fit(energy: EnergyRef, wish: FitWish): Promise<RunSession | undefined> {
    return this.allowed(energy.file, () => {
      const settings = this.panels().find(energy)?.model;
      return this.fits.start({
        file: energy.file,
        energy: energy.name,
        executor: wish.executor ?? settings?.settings.executor ?? chosenExecutor(),
        seed: wish.seed ?? settings?.settings.seed ?? 0,
        overrides: { ...settings?.overrides(), ...wish.overrides },
        warmFrom: wish.warmFrom,
      });
    });
  }

  /** Goes on with a run on disk, or says why not. */
  resume(directory: string, record: RunRecord): Promise<RunSession | undefined> {
    return this.allowed(record.file, () => this.fits.resume(directory, record));
  }

  private async allowed(file: string, start: () => Promise<RunSession>): Promise<RunSession | undefined> {
    const refusal = whyUntrusted();
    if (refusal !== undefined) {
      void vscode.window.showWarningMessage(refusal);
      return undefined;
    }
    return this.live.quietly(async () => ((await saveFile(file)) ? start() : undefined));
  }
}
