/** Folders in which runs of this workspace lie. */

import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { runsFolder } from '../runs/layout';

const memoryKey = 'unblind.runFolders';

export class RunFolders {
  constructor(private readonly memory: vscode.Memento) {}

  /** The usual place in each workspace folder, and wherever else runs of this workspace went. */
  get all(): readonly string[] {
    const usual = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => runsFolder(uri.fsPath));
    return [...new Set([...usual, ...this.memory.get<string[]>(memoryKey, [])])];
  }

  /** Remembers where a run went: a project inside a workspace folder keeps its own. */
  async add(runDir: string): Promise<void> {
    const folder = dirname(runDir);
    if (!this.all.includes(folder)) await this.memory.update(memoryKey, [...this.memory.get<string[]>(memoryKey, []), folder]);
  }
}
