/** What must be so before a sampler run starts: a trusted workspace, a saved file. */

import * as vscode from 'vscode';
import type { SampleRequest } from '../shared/sampleProtocol';
import { suitableSampler } from '../shared/samplers/samplerForms';
import type { EnergyRef } from './energyRef';
import { foundEnergy, saveFile } from './energyFile';
import type { Live } from './live';
import type { SampleWish } from './panelSampleSettings';
import type { Panels } from './panels';
import type { SampleService } from './sampleService';
import type { SampleSession } from './sampleSession';
import { chosenExecutor } from './settings';
import { whyUntrusted } from './trust';

export class SampleStarter {
  constructor(
    private readonly samples: SampleService,
    private readonly panels: () => Panels,
    private readonly live: Live,
  ) {}

  /**
   * Starts a sampler run, or says why not.
   * @param wish `executor` is by default the panel's, else the setting's; `run` the panel's fit; nothing guides where `guide` is left out
   */
  async sample(
    energy: EnergyRef,
    wish: SampleWish & { readonly executor?: string; readonly run?: string | undefined } & Pick<SampleRequest, 'guide'>,
  ): Promise<SampleSession | undefined> {
    const refusal = whyUntrusted();
    if (refusal !== undefined) {
      void vscode.window.showWarningMessage(refusal);
      return undefined;
    }
    return this.live.quietly(async () => {
      if (!(await saveFile(energy.file))) return undefined;
      const model = this.panels().find(energy)?.model;
      const { options, particles, start, seed } = wish;
      const sampler = wish.sampler ?? suitableSampler((await foundEnergy(energy))?.network ?? 'energy');
      return this.samples.start({
        file: energy.file,
        energy: energy.name,
        executor: wish.executor ?? model?.settings.executor ?? chosenExecutor(),
        run: 'run' in wish ? wish.run : model?.finishedRun,
        ...{ sampler, options, particles, start, seed },
        ...(wish.guide && { guide: wish.guide }),
      });
    });
  }
}
