/** What can be done with runs on disk. */

import { rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { runsFolder } from '../../runs/layout';
import type { SampleRecord } from '../../runs/sampleRecord';
import type { Command } from '../commandContext';
import type { SampleStarter } from '../sampleStarter';
import { t } from '../t';
import { directoriesOf, isHistoryEntry } from './arguments';
import { pickRun } from './pickRuns';
import { sayError } from './sayError';

export const openRun: Command = {
  id: 'openRun',
  run: async (context, ...args) => {
    const [directory = await pickRun(context, t('Open which run?'), true)] = directoriesOf(args);
    if (directory !== undefined) await sayError(() => context.panels.openStored([directory]));
  },
};

export const rerun: Command = {
  id: 'rerun',
  run: async ({ fitter, starter }, entry) => {
    if (!isHistoryEntry(entry)) return;
    if (entry.kind === 'sample') return sampleAgain(starter, entry.record);
    if (entry.kind !== 'run') return;
    const { file, energy, settings, seed, executor } = entry.record;
    await fitter.fit({ file, name: energy }, { overrides: settings, seed, executor });
  },
};

export const resumeRun: Command = {
  id: 'resumeRun',
  run: async ({ fitter }, entry) => {
    if (!isHistoryEntry(entry) || entry.kind !== 'run') return;
    await sayError(() => fitter.resume(entry.directory, entry.record));
  },
};

async function sampleAgain(starter: SampleStarter, record: SampleRecord): Promise<void> {
  const { file, energy, sampler, options, particles, seed, executor, start, target } = record;
  const from = startOf(start);
  if (from === undefined)
    return void vscode.window.showInformationMessage(
      t('This run started from particles of its own ({0}): choose them again with Sample...', start.description),
    );
  const run = target.run?.directory;
  const { guide } = target;
  const wish = { sampler, options, particles, seed, executor, start: from, run };
  await starter.sample({ file, name: energy }, guide === undefined ? wish : { ...wish, guide });
}

/** Where a run's particles started, as another one is asked to; undefined where the record does not say it. */
function startOf({ kind, path }: SampleRecord['start']): string | undefined {
  if (['data', 'normal', 'uniform'].includes(kind)) return kind;
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

export const deleteRun: Command = {
  id: 'deleteRun',
  run: async ({ runs }, ...args) => {
    const directories = directoriesOf(args).filter(isInRunsFolder);
    if (directories.length === 0) return;
    const question =
      directories.length === 1 ? t('Delete the run {0}?', basename(directories[0]!)) : t('Delete {0} runs?', directories.length);
    const yes = t('Delete');
    const answer = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail: t('Its directory is removed from the disk.') },
      yes,
    );
    if (answer !== yes) return;
    await sayError(async () => {
      for (const directory of directories) await rm(directory, { recursive: true, force: true });
    });
    runs.refresh();
  },
};

export const revealRun: Command = {
  id: 'revealRun',
  run: async (_, ...args) => {
    const [directory] = directoriesOf(args);
    if (directory === undefined) return;
    const uri = vscode.Uri.file(directory);
    // In a remote window there is no file manager: the explorer shows it where it is part of the workspace.
    const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    const command = vscode.env.remoteName !== undefined && inWorkspace ? 'revealInExplorer' : 'revealFileInOS';
    await sayError(async () => vscode.commands.executeCommand(command, uri));
  },
};

export const refreshRuns: Command = { id: 'refreshRuns', run: ({ runs }) => runs.refresh() };

/** Of the last line of the Runs view. */
export const showMoreRuns: Command = { id: 'showMoreRuns', run: ({ runs }) => runs.showMore() };

/** Nothing but what lies in a folder of runs is ever deleted. */
function isInRunsFolder(directory: string): boolean {
  const folder = dirname(directory);
  return folder === runsFolder(dirname(dirname(folder)));
}
