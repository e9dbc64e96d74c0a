/** Notices runs of this workspace that other windows begin and end. */

import * as vscode from 'vscode';
import { doorFile } from '../runs/layout';
import { Disposable } from './disposable';

export class RunWatcher extends Disposable {
  /** @param changed a run has begun or ended, in this window or another */
  constructor(changed: () => void) {
    super();
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(`**/.unblind/runs/*/${doorFile}`, false, true, false));
    this.register(watcher.onDidCreate(changed));
    this.register(watcher.onDidDelete(changed));
  }
}
