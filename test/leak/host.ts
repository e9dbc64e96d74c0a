/** The part of `npm run test:leak` that runs in VS Code's extension host: one life of the extension, and what is left of it. */

import { readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { hostMemory } from '../../bench/editor/hostMemory';
import { serve } from '../../bench/editor/serve';
import { until } from '../host/lib/until';
import { descendantsOf } from '../unit/support/processes';
import type { Driver } from './driver';

/** What an extension host holds between two lives of the extension. */
export interface Holdings {
  /** Processes of Unblind. */
  readonly processes: number;
  /** Parts of former lives of the extension that something holds. */
  readonly parts: number;
  /** Milliseconds until they were gone, or the limit. */
  readonly settleMs: number;
  /** What keeps the event loop busy, as Node names it. */
  readonly resources: number;
  /** Listeners on the process. */
  readonly listeners: number;
  /** Open file descriptors. */
  readonly files: number;
  /** Megabytes after a collection, typed arrays included. */
  readonly heap: number;
}

interface Arguments {
  readonly file: string;
  readonly name: string;
  readonly step: number;
  readonly limitMs: number;
  readonly keep: boolean;
}

/** What `keep` holds on to, which shows that a leak is seen. */
const kept: unknown[] = [];

const isOurs = ({ command }: { readonly command: string }): boolean => /dist\/(engine|sandboxChild)\.js|esbuild/.test(command);
const ours = (): number => descendantsOf(process.pid).filter(isOurs).length;

async function settled(limitMs: number): Promise<number> {
  const began = performance.now();
  while (ours() > 0 && performance.now() - began < limitMs) await new Promise((resolve) => setTimeout(resolve, 50));
  return performance.now() - began;
}

async function holdings(limitMs: number, parts: Driver['parts']): Promise<Holdings> {
  const settleMs = await settled(limitMs);
  const heap = await hostMemory();
  return {
    processes: ours(),
    parts: parts(),
    settleMs,
    resources: process.getActiveResourcesInfo().filter((name) => !/Timeout|Immediate/.test(name)).length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    files: readdirSync('/proc/self/fd').length,
    heap,
  };
}

async function driver(): Promise<Driver> {
  const extension = vscode.extensions.getExtension<Driver>('unblind.unblind');
  if (extension === undefined) throw new Error('The extension is not there.');
  return extension.activate();
}

/** Activates, fits, cancels, deactivates. */
async function life({ file, name, step, limitMs, keep }: Arguments): Promise<Holdings> {
  const { begin, end, parts } = await driver();
  const api = begin();
  if (keep) kept.push(api);
  await vscode.commands.executeCommand('unblind.fit', { file, name });
  const session = () => api.sessions().at(-1);
  await until('steps of the fit', () => (session()?.step ?? 0) >= step || session()?.phase === 'ended');
  await vscode.commands.executeCommand('unblind.stop');
  await until('the end of the fit', () => session()?.phase === 'ended');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until('the panel to close', () => api.panels().length === 0);
  await end();
  return holdings(limitMs, parts);
}

async function prepare(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('unblind');
  // Which executor is the fastest is not what is measured here.
  await settings.update('executor', 'onnx', vscode.ConfigurationTarget.Global);
  if (settings.inspect('runs.onClose')?.defaultValue !== undefined)
    await settings.update('runs.onClose', 'stop', vscode.ConfigurationTarget.Global);
}

/** What VS Code runs. */
export const run = serve({ prepare, life });
