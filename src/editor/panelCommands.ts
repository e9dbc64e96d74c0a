/** What the buttons of a panel do. */

import * as vscode from 'vscode';
import type { PanelCommand } from '../shared/panelProtocol';
import type { Fitter } from './fitter';
import type { Panel } from './panel';

export interface PanelCommandContext {
  readonly fitter: Fitter;
  readonly showLog: () => void;
}

export async function runPanelCommand(panel: Panel, command: PanelCommand, { fitter, showLog }: PanelCommandContext): Promise<void> {
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
      return model.find(command.runId)?.session?.stop();
    case 'pause':
      return model.find(command.runId)?.session?.pause();
    case 'resume':
      return model.find(command.runId)?.session?.resume();
    case 'step':
      return model.find(command.runId)?.session?.advance(command.count);
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
