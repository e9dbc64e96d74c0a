/** Stores a chart of the panel under a name of the user's choice. */

import * as vscode from 'vscode';
import type { FromPanel } from '../shared/panelProtocol';
import { t } from './t';

const filters: Readonly<Record<'png' | 'svg' | 'csv', string>> = { png: 'PNG', svg: 'SVG', csv: 'CSV' };

export async function saveChart({ name, format, content }: Extract<FromPanel, { type: 'save' }>): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const fileName = `${name.replace(/[^\p{L}\p{N}_.-]+/gu, '-')}.${format}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
    filters: { [filters[format]]: [format] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  } catch (error) {
    void vscode.window.showErrorMessage(t('The chart cannot be saved: {0}', error instanceof Error ? error.message : String(error)));
  }
}
