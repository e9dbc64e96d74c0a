/**
 * Stands in for the extension in `npm run test:leak`: VS Code activates this file, which activates and deactivates the built extension as
 * often as it is asked to, in one extension host, with the context that VS Code gave.
 */

import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';

export interface Driver {
  /** Activates the extension. */
  readonly begin: () => UnblindApi;
  /** Deactivates it as VS Code does: by disposing of its subscriptions. */
  readonly end: () => Promise<void>;
  /** How many parts of former lives something still holds; those of the last may be on their way out. */
  readonly parts: () => number;
}

interface Extension {
  activate(context: vscode.ExtensionContext): UnblindApi;
  deactivate?(): unknown;
}

export function activate(context: vscode.ExtensionContext): Driver {
  const path = join(context.extensionPath, 'dist/extension.js');
  let subscriptions: vscode.Disposable[] = [];
  const lives: WeakRef<vscode.Disposable>[][] = [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the built extension is a CommonJS module beside this one
  const extension = (): Extension => require(path) as Extension;
  return {
    begin: () => {
      subscriptions = [];
      return extension().activate(Object.create(context, { subscriptions: { value: subscriptions } }) as vscode.ExtensionContext);
    },
    end: async () => {
      await extension().deactivate?.();
      lives.push(subscriptions.map((part) => new WeakRef(part)));
      for (const subscription of subscriptions.splice(0)) subscription.dispose();
    },
    parts: () => lives.slice(0, -1).flatMap((life) => life.filter((part) => part.deref() !== undefined)).length,
  };
}
