/** Asks for runs of the workspace, where a command was not started on one. */

import * as vscode from 'vscode';
import type { CommandContext } from '../commandContext';
import { shortNumber } from '../numbers';
import { objectiveTexts } from '../objectiveNames';
import { t } from '../t';

interface RunItem extends vscode.QuickPickItem {
  readonly directory: string;
}

/** One run; with `browse` also one from elsewhere. Undefined where the user gave up or there is none. */
export async function pickRun(context: CommandContext, title: string, browse: boolean): Promise<string | undefined> {
  const items: (RunItem | (vscode.QuickPickItem & { readonly directory: undefined }))[] = await runItems(context);
  if (browse) items.push({ label: `$(folder-opened) ${t('Browse...')}`, directory: undefined, alwaysShow: true });
  if (items.length === 0) {
    none();
    return;
  }
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (picked === undefined || picked.directory !== undefined) return picked?.directory;
  const [folder] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title })) ?? [];
  return folder?.fsPath;
}

/** Some runs; undefined where the user gave up or there is none. */
export async function pickRuns(context: CommandContext, title: string): Promise<readonly string[] | undefined> {
  const items = await runItems(context);
  if (items.length === 0) {
    none();
    return;
  }
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, canPickMany: true });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ directory }) => directory);
}

function none(): undefined {
  void vscode.window.showInformationMessage(t('There are no runs in this workspace yet.'));
  return undefined;
}

async function runItems({ runs }: CommandContext): Promise<RunItem[]> {
  const entries = await runs.read();
  return entries.flatMap((entry) => {
    // Reports and panels show fits.
    if (entry.kind !== 'run') return [];
    const { record, result, directory } = entry;
    const kl = result?.kl == null ? '' : t('KL {0}', shortNumber(result.kl));
    const when = new Date(record.createdAt).toLocaleString(vscode.env.language);
    return [
      {
        label: `${record.energy}: ${objectiveTexts(t)[record.objective].short}`,
        description: [kl, when].filter(Boolean).join(' · '),
        directory,
      },
    ];
  });
}
