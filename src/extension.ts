/** The extension's composition root: makes the editor side's parts and wires them, nothing else. */

import type * as vscode from 'vscode';
import { registerFitCommand } from './editor/fitCommand';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(registerFitCommand(context.asAbsolutePath('dist/cli.js')));
}
