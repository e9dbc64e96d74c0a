/** "Open Panel", and the code that a line of the Diagnostics view is about. */

import * as vscode from 'vscode';
import { chooseEnergy } from '../chooseEnergy';
import type { Command, CommandContext } from '../commandContext';
import { currentRun } from '../currentRun';
import { energyKey, type EnergyRef } from '../energyRef';
import { energiesIn } from '../energyFile';
import { nameOf } from '../sessionService';
import { isEnergyArgument, isEnergyRef, isPanelView } from './arguments';

export const openPanel: Command = {
  id: 'openPanel',
  run: async (context, resource, view) => {
    const running = currentRun(context.fits, context.samples);
    const asked = isEnergyArgument(resource);
    // With nothing said and no energy file in sight, the run that goes on is meant.
    const inEditor = vscode.window.activeTextEditor?.document.uri.path.includes('.energy.') === true;
    const energy =
      !asked && !inEditor && running !== undefined ? nameOf(running.request) : await chooseEnergy(asked ? resource : undefined);
    if (energy === undefined) return;
    const panel = await context.panels.open(energy);
    if (panel.model.runs.length === 0) await showLastRuns(context, energy);
    if (isPanelView(view)) panel.show(view);
  },
};

/** A panel without a fit shows the newest one of its energy on disk, and the newest particles where it has none. */
async function showLastRuns({ runs, panels }: CommandContext, energy: EnergyRef): Promise<void> {
  const entries = await runs.read();
  const last = (kind: 'run' | 'sample'): string | undefined =>
    entries.find((entry) => entry.kind === kind && energyKey({ file: entry.record.file, name: entry.record.energy }) === energyKey(energy))
      ?.directory;
  const sampling = panels.find(energy)?.model.sampling === undefined ? last('sample') : undefined;
  // Each by itself: one that cannot be read hides no other. The fit comes last, for its view is shown.
  for (const directory of [sampling, last('run')]) if (directory !== undefined) await panels.openStored([directory]).catch(() => undefined);
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
