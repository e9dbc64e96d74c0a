/** "Open Panel", and the code that a line of the Diagnostics view is about. */

import * as vscode from 'vscode';
import { chooseEnergy } from '../chooseEnergy';
import type { Command, CommandContext } from '../commandContext';
import { energyKey, type EnergyRef } from '../energyRef';
import { energiesIn } from '../energyFile';
import { nameOf } from '../sessionService';
import { isEnergyArgument, isEnergyRef } from './arguments';

export const openPanel: Command = {
  id: 'openPanel',
  run: async (context, resource) => {
    const running = context.fits.current;
    const asked = isEnergyArgument(resource);
    // With nothing said and no energy file in sight, the run that goes on is meant.
    const inEditor = vscode.window.activeTextEditor?.document.uri.path.includes('.energy.') === true;
    const energy =
      !asked && !inEditor && running !== undefined ? nameOf(running.request) : await chooseEnergy(asked ? resource : undefined);
    if (energy === undefined) return;
    const panel = await context.panels.open(energy);
    if (panel.model.runs.length === 0) await showLastRun(context, energy);
  },
};

/** A panel without a run shows the newest one of its energy on disk. */
async function showLastRun({ runs, panels }: CommandContext, energy: EnergyRef): Promise<void> {
  const entries = await runs.read();
  const last = entries.find(
    (entry) => entry.kind === 'run' && energyKey({ file: entry.record.file, name: entry.record.energy }) === energyKey(energy),
  );
  if (last !== undefined) await panels.openStored([last.directory]).catch(() => undefined);
}

export const showCode: Command = {
  id: 'showCode',
  run: async (_, energy) => {
    if (!isEnergyRef(energy)) return;
    const document = await vscode.workspace.openTextDocument(energy.file);
    const range = energiesIn(document).find((found) => found.energy.name === energy.name)?.range;
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, ...(range !== undefined && { selection: range }) });
  },
};
