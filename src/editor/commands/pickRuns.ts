/** Asks for runs of the workspace, where a command was not started on one. */

import * as vscode from 'vscode';
import { samplerLabel } from '../../shared/samplers/samplerForms';
import type { CommandContext } from '../commandContext';
import { shortNumber } from '../numbers';
import { objectiveTexts } from '../objectiveNames';
import { particleWords } from '../particleWords';
import type { HistoryEntry } from '../historyEntry';
import { t } from '../t';

interface RunItem extends vscode.QuickPickItem {
  readonly directory: string;
}

/** One run; with `browse` also one from elsewhere. Undefined where the user gave up or there is none. */
export async function pickRun(context: CommandContext, title: string, browse: boolean): Promise<string | undefined> {
  const items: (RunItem | (vscode.QuickPickItem & { readonly directory: undefined }))[] = await runItems(context, ['run', 'sample']);
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

/** Some fits; undefined where the user gave up or there is none. */
export async function pickRuns(context: CommandContext, title: string): Promise<readonly string[] | undefined> {
  const items = await runItems(context, ['run']);
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

async function runItems({ runs }: CommandContext, kinds: readonly ('run' | 'sample')[]): Promise<RunItem[]> {
  const entries = await runs.read();
  return entries.flatMap((entry) => {
    if (entry.kind === 'broken' || !kinds.includes(entry.kind)) return [];
    const { record, directory } = entry;
    const when = new Date(record.createdAt).toLocaleString(vscode.env.language);
    const [what, figure] = entry.kind === 'run' ? fitWords(entry) : [samplerLabel(entry.record.sampler), particleWords(entry, t)];
    return [{ label: `${record.energy}: ${what}`, description: [figure, when].filter(Boolean).join(' · '), directory }];
  });
}

/** The objective, and KL where it is known. */
function fitWords({ record, result }: Extract<HistoryEntry, { kind: 'run' }>): readonly [string, string] {
  return [objectiveTexts(t)[record.objective].short, result?.kl == null ? '' : t('KL {0}', shortNumber(result.kl))];
}
