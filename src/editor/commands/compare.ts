/** "Compare Runs": runs side by side, as the report has them. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../commandContext';
import type { HistoryEntry } from '../historyEntry';
import { t } from '../t';
import { directoriesOf } from './arguments';
import { pickRuns } from './pickRuns';
import { sayError } from './sayError';

export const compareRuns: Command = {
  id: 'compareRuns',
  run: async (context, ...args) => {
    const given = args.length === 0 ? directoriesOf([undefined, context.runs.selection], isFit) : directoriesOf(args, isFit);
    // One run is not a comparison yet.
    const directories = given.length > 1 ? given : await pickRuns(context, t('Compare which runs?'));
    if (directories === undefined) return;
    await sayError(async () => {
      const page = await comparison(directories);
      const panel = vscode.window.createWebviewPanel('unblind.comparison', t('Comparison'), vscode.ViewColumn.Active, {
        enableScripts: false,
      });
      // The page brings its own policy: nothing but its styles and pictures.
      panel.webview.html = page;
    });
  },
};

/** Particles of samplers have no curves to lay beside each other. */
function isFit({ kind }: HistoryEntry): boolean {
  return kind === 'run';
}

/** The report's page: one self-contained HTML text. Throws RunError. */
async function comparison(directories: readonly string[]): Promise<string> {
  const [{ compareReport }, { readRun }] = await Promise.all([import('../../runs/export/html'), import('../../runs/runReader')]);
  const folder = await mkdtemp(join(tmpdir(), 'unblind-'));
  try {
    const [path] = await compareReport(
      directories.map((directory) => readRun(directory)),
      join(folder, 'comparison.html'),
    );
    return await readFile(path!, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
