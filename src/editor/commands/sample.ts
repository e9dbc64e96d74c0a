/** "Sample...": particles of an energy, by a sampler and from a start of the user's choice. */

import * as vscode from 'vscode';
import type { Command, CommandContext } from '../commandContext';
import { foundEnergy } from '../energyFile';
import { energyKey, type EnergyRef } from '../energyRef';
import { samplerLabel } from '../../shared/samplers/samplerForms';
import { samplersFor } from '../samplerList';
import { t } from '../t';
import { trustedEnergy } from './trustedEnergy';

/** Earlier runs whose particles are offered as a start. */
const mostEarlier = 5;
/** Extensions of files that hold particles. */
const particleFiles = ['csv', 'tsv', 'npy', 'npz', 'json', 'parquet', 'idx', 'gz'];

export const sample: Command = {
  id: 'sample',
  run: async (context, resource) => {
    const energy = await trustedEnergy(resource);
    if (energy === undefined) return;
    const network = (await foundEnergy(energy))?.network ?? 'energy';
    const sampler = await pickSampler(network);
    if (sampler === undefined) return;
    const start = await pickStart(context, energy);
    if (start === undefined) return;
    await context.starter.sample(energy, { sampler, options: {}, particles: undefined, start, seed: 0 });
  },
};

async function pickSampler(network: 'energy' | 'score'): Promise<string | undefined> {
  const items = samplersFor(network, t).map(({ name, label, summary }) => ({ label, detail: summary, name }));
  const picked = await vscode.window.showQuickPick(items, { title: t('Sample with what?'), matchOnDetail: true });
  return picked?.name;
}

interface StartItem extends vscode.QuickPickItem {
  /** Undefined asks for a file. */
  readonly start: string | undefined;
}

async function pickStart(context: CommandContext, energy: EnergyRef): Promise<string | undefined> {
  const items: StartItem[] = [
    { label: t('Normal'), detail: t('a Gaussian as wide as the data'), start: 'normal' },
    { label: t('Data'), detail: t('rows of the data'), start: 'data' },
    { label: t('Uniform'), detail: t('a box around the data'), start: 'uniform' },
    ...(await earlierRuns(context, energy)),
    { label: `$(folder-opened) ${t('A file...')}`, detail: t('particles as rows of a table or an array'), start: undefined },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: t('Where do particles start?'), matchOnDetail: true });
  return picked === undefined || picked.start !== undefined ? picked?.start : pickFile();
}

async function pickFile(): Promise<string | undefined> {
  const title = t('Start from the particles of which file?');
  const [file] = (await vscode.window.showOpenDialog({ title, filters: { [t('Particles')]: particleFiles } })) ?? [];
  return file?.fsPath;
}

/** Where earlier sampler runs of the energy have ended. */
async function earlierRuns({ runs }: CommandContext, energy: EnergyRef): Promise<StartItem[]> {
  const found = (await runs.read()).flatMap((entry) => {
    if (entry.kind !== 'sample' || entry.result === null) return [];
    const { record, directory } = entry;
    if (energyKey({ file: record.file, name: record.energy }) !== energyKey(energy)) return [];
    const when = new Date(record.createdAt).toLocaleString(vscode.env.language);
    return [{ label: t('Particles of {0}', samplerLabel(record.sampler)), detail: when, start: directory }];
  });
  return found.slice(0, mostEarlier);
}
