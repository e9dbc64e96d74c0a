/** What the buttons of a panel do. */

import * as vscode from 'vscode';
import type { PanelCommand, PanelSampleSettings } from '../shared/panelProtocol';
import type { Diagnoser } from './diagnoser';
import type { DiagnoseService } from './diagnoseService';
import { foundEnergy } from './energyFile';
import type { Fitter } from './fitter';
import type { Panel } from './panel';
import { wishOf } from './panelSampleSettings';
import type { SampleStarter } from './sampleStarter';
import { t } from './t';

export interface PanelCommandContext {
  readonly fitter: Fitter;
  readonly starter: SampleStarter;
  readonly diagnoser: Diagnoser;
  readonly diagnoses: DiagnoseService;
  readonly showLog: () => void;
}

export async function runPanelCommand(panel: Panel, command: PanelCommand, context: PanelCommandContext): Promise<void> {
  const { fitter, diagnoser, diagnoses, showLog } = context;
  const { model } = panel;
  switch (command.name) {
    case 'fit':
    case 'restart': {
      const energy = model.energy;
      if (energy === undefined) return;
      const restarted = command.name === 'restart' ? model.find(command.runId) : undefined;
      model.take(command.settings);
      const { executor, seed } = command.settings;
      restarted?.session?.stop(true);
      // Another run with the seed of the last would be that run again.
      const nextSeed = restarted?.seed === seed ? seed + 1 : seed;
      if (nextSeed !== seed) model.set({ seed: nextSeed });
      await fitter.fit(energy, { overrides: model.overrides(), executor, seed: nextSeed });
      return;
    }
    case 'stop':
      return model.sessionOf(command.runId)?.stop();
    case 'pause':
      return model.sessionOf(command.runId)?.pause();
    case 'resume':
      return model.sessionOf(command.runId)?.resume();
    case 'takeOver':
      return model.sessionOf(command.runId)?.takeSteering();
    case 'step':
      return model.sessionOf(command.runId)?.advance(command.count);
    case 'sample':
      return sample(panel, command.settings, context);
    case 'setSampling': {
      model.sampleSettings = command.settings;
      panel.changed();
      return;
    }
    case 'diagnose':
      if (model.energy !== undefined) await diagnoser.diagnose(model.energy);
      return;
    case 'cancelDiagnosis':
      if (model.energy !== undefined) diagnoses.cancel(model.energy);
      return;
    case 'set': {
      model.set(command.changes);
      return;
    }
    case 'activate':
      model.activate(command.runId);
      {
        panel.hydrate();
        return;
      }
    case 'remove':
      model.remove(command.runId);
      {
        panel.hydrate();
        return;
      }
    case 'showLog': {
      showLog();
      return;
    }
    case 'reveal': {
      const at = new vscode.Position(Math.max(0, command.line - 1), Math.max(0, command.column - 1));
      const options = { viewColumn: vscode.ViewColumn.One, selection: new vscode.Range(at, at) };
      await vscode.window.showTextDocument(vscode.Uri.file(command.file), options);
      return;
    }
  }
}

async function sample({ model }: Panel, settings: PanelSampleSettings, { starter }: PanelCommandContext): Promise<void> {
  const { energy } = model;
  if (energy === undefined) return;
  model.sampleSettings = settings;
  const network = (await foundEnergy(energy))?.network ?? 'energy';
  const wish = wishOf(settings, network, model.sampling?.directory);
  if (wish === undefined)
    return void vscode.window.showInformationMessage(t('This panel has no particles of an earlier run yet: choose another start.'));
  await starter.sample(energy, wish);
}
