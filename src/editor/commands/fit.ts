/** "Fit EBM with MFD" and "Fit with...". */

import * as vscode from 'vscode';
import { objectiveNames, type ObjectiveName, scoreObjective } from '../../shared/settings';
import type { Command } from '../commandContext';
import { foundEnergy } from '../energyFile';
import { executorList } from '../executorList';
import { objectiveTexts } from '../objectiveNames';
import { chosenExecutor } from '../settings';
import { t } from '../t';
import { isBeta } from './arguments';
import { trustedEnergy } from './trustedEnergy';

export const fit: Command = {
  id: 'fit',
  // The second argument is the beta that a diagnosis advises; menus pass other things there.
  run: async ({ fitter }, resource, beta) => {
    const energy = await trustedEnergy(resource);
    if (energy === undefined) return;
    // A score network has an objective of its own.
    const isScore = (await foundEnergy(energy))?.network === 'score';
    await fitter.fit(energy, { overrides: isScore ? {} : { objective: 'mfd', ...(isBeta(beta) && { beta }) } });
  },
};

export const fitWith: Command = {
  id: 'fitWith',
  run: async ({ fitter }, resource) => {
    const energy = await trustedEnergy(resource);
    if (energy === undefined) return;
    const isScore = (await foundEnergy(energy))?.network === 'score';
    const objective = isScore ? scoreObjective : await pickObjective();
    if (objective === undefined) return;
    const executor = await pickExecutor();
    if (executor !== undefined) await fitter.fit(energy, { overrides: { objective }, executor });
  },
};

async function pickObjective(): Promise<ObjectiveName | undefined> {
  const texts = objectiveTexts(t);
  const items = objectiveNames.map((name) => ({ label: texts[name].short, description: name, detail: texts[name].detail, name }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Fit with which objective?'),
    matchOnDetail: true,
    matchOnDescription: true,
  });
  return picked?.name;
}

async function pickExecutor(): Promise<string | undefined> {
  const usual = chosenExecutor();
  const items = executorList(t)
    .map(({ id, label, detail }) => ({ label, detail, description: id === usual ? t('as set') : '', id }))
    // The usual one is where Enter is.
    .sort((a, b) => Number(b.id === usual) - Number(a.id === usual));
  const picked = await vscode.window.showQuickPick(items, { title: t('Fit on what?'), matchOnDetail: true });
  return picked?.id;
}
