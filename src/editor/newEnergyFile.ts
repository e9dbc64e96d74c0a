/** "New Energy File...": a copy of one of the examples, under a name of the user's choice. */

import * as vscode from 'vscode';
import { firstSentence } from './firstSentence';
import { t } from './t';

let examples: vscode.Uri | undefined;

/** Says once where the examples are. */
export function setExamplesFolder(folder: vscode.Uri): void {
  examples = folder;
}

/** Asks for an example and a place, writes the file and opens it. Undefined where the user gave up. */
export async function createEnergyFile(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showQuickPick(readExamples(), { title: t('Start from which example?'), matchOnDetail: true });
  if (picked === undefined) return undefined;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, picked.fileName) }),
    filters: { [t('Energy files')]: ['energy.ts'] },
    title: t('Where to put the energy file'),
  });
  if (target === undefined) return undefined;
  const named = /\.energy\.(ts|js)$/.test(target.path)
    ? target
    : target.with({ path: `${target.path.replace(/\.(ts|js)$/, '')}.energy.ts` });
  try {
    await vscode.workspace.fs.writeFile(named, new TextEncoder().encode(picked.source));
    await copyData(picked.source, named);
  } catch (error) {
    void vscode.window.showErrorMessage(t('The file cannot be written: {0}', error instanceof Error ? error.message : String(error)));
    return undefined;
  }
  await vscode.window.showTextDocument(named);
  return named;
}

/** The files beside it that an example reads its data from. */
const dataFile = /\bdata\.\w+\(\s*'([\w.-]+)'/g;

/** Puts an example's data beside the new file, where nothing of that name is yet. */
async function copyData(source: string, target: vscode.Uri): Promise<void> {
  if (examples === undefined) return;
  for (const [, name] of source.matchAll(dataFile)) {
    if (name === undefined) continue;
    const place = vscode.Uri.joinPath(target, '..', name);
    const taken = await vscode.workspace.fs.stat(place).then(
      () => true,
      () => false,
    );
    if (!taken) await vscode.workspace.fs.copy(vscode.Uri.joinPath(examples, name), place);
  }
}

interface Example extends vscode.QuickPickItem {
  readonly fileName: string;
  readonly source: string;
}

async function readExamples(): Promise<Example[]> {
  if (examples === undefined) return [];
  const folder = examples;
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => /\.energy\.(ts|js)$/.test(name));
  return Promise.all(
    names.sort().map(async (fileName) => {
      const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, fileName)));
      return { label: fileName.replace(/\.energy\.\w+$/, ''), detail: firstSentence(source), fileName, source };
    }),
  );
}
