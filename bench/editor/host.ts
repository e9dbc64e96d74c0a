/**
 * The part of `npm run bench:editor` that runs in VS Code's extension host: does what the script asks for over a socket, and
 * answers with times. Times are milliseconds since 1970, which the page and this process count alike.
 */

import { statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { SessionView, UnblindApi } from '../../src/editor/api';
import { energiesIn } from '../../src/editor/energyFile';
import { hostMemory } from './hostMemory';
import { serve } from './serve';

const now = (): number => performance.timeOrigin + performance.now();

/** Asks again every two milliseconds until there is an answer. */
async function until<T>(what: string, ask: () => T | undefined, seconds = 60): Promise<T> {
  const end = now() + 1000 * seconds;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (now() > end) throw new Error(`Waited ${seconds} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

let api: UnblindApi | undefined;

/** How late a timer of every ten milliseconds comes: for so long something else held the thread. */
const delays = monitorEventLoopDelay({ resolution: 10 });

async function extension(): Promise<UnblindApi> {
  const found = vscode.extensions.getExtension<UnblindApi>('unblind.unblind');
  if (!found) throw new Error('The extension is not there.');
  return (api ??= await found.activate());
}

async function session(after: number): Promise<{ current: () => SessionView }> {
  const found = await extension();
  await until('a fit', () => found.sessions()[after]);
  return { current: () => found.sessions()[after]! };
}

interface Arguments {
  readonly file: string;
  readonly name: string;
  readonly after: number;
  readonly command: string;
  readonly key: string;
  readonly value: unknown;
  readonly from: string;
  readonly to: string;
  readonly step: number;
}

async function change(document: vscode.TextDocument, [from, to]: readonly [string, string]): Promise<void> {
  const at = document.getText().indexOf(from);
  if (at < 0) throw new Error(`"${from}" is not in ${document.fileName}.`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

/** What the script may ask for. */
const actions: Readonly<Record<string, (args: Arguments) => unknown>> = {
  activate: async () => {
    await extension();
  },
  sessions: async () => (await extension()).sessions(),
  open: async ({ file }) => {
    await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.One });
  },
  command: async ({ command }) => {
    await vscode.commands.executeCommand(command);
  },
  set: async ({ key, value }) => {
    await vscode.workspace.getConfiguration('unblind').update(key, value, vscode.ConfigurationTarget.Global);
  },
  /** Milliseconds that finding the energies of an open document takes, twenty times. */
  lensText: async ({ file }) => {
    const document = await vscode.workspace.openTextDocument(file);
    return Array.from({ length: 20 }, () => {
      const began = performance.now();
      if (energiesIn(document).length === 0) throw new Error('There is no energy.');
      return performance.now() - began;
    });
  },
  /** The same for all of it: asked of VS Code, through the page and back. */
  lenses: async ({ file }) => {
    const began = performance.now();
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', vscode.Uri.file(file), 100);
    return performance.now() - began;
  },
  heap: hostMemory,
  /** A setting, and what the script does not measure: no fit looks for the fastest executor, none outlives its window. */
  prepare: async ({ key, value }) => {
    const settings = vscode.workspace.getConfiguration('unblind');
    await settings.update(key, value, vscode.ConfigurationTarget.Global);
    await settings.update('executor', 'onnx', vscode.ConfigurationTarget.Global);
    if (settings.inspect('runs.onClose')?.defaultValue !== undefined)
      await settings.update('runs.onClose', 'stop', vscode.ConfigurationTarget.Global);
  },
  fit: ({ file, name }) => {
    void vscode.commands.executeCommand('unblind.fit', { file, name });
  },
  /** When the first loss and the first picture of a session came, and since when its process runs. */
  firsts: async ({ after }) => {
    const { current } = await session(after);
    const pid = await until('the engine', () => current().enginePid);
    const processStart = statSync(`/proc/${pid}`).ctimeMs;
    const loss = await until('the first loss', () => (Number.isFinite(current().loss) ? now() : undefined));
    const frame = await until('the first picture', () => (current().frameStep !== undefined ? now() : undefined));
    return { loss, frame, processStart };
  },
  step: async ({ after, step }) => {
    const { current } = await session(after);
    await until('steps', () => (current().step >= step || current().phase === 'ended' ? true : undefined));
  },
  ended: async ({ after }) => {
    const { current } = await session(after);
    await until('the end', () => (current().phase === 'ended' ? true : undefined), 300);
  },
  /** Ends the running fit as Stop does; how long until no more steps are done, or the process is gone. */
  stop: async ({ after }) => {
    const { current } = await session(after);
    const asked = now();
    void vscode.commands.executeCommand('unblind.stop');
    await until('the last step', () => (current().phase === 'ended' || current().stage === 'Measuring the result' ? true : undefined));
    return now() - asked;
  },
  kill: async ({ after }) => {
    const { current } = await session(after);
    const pid = current().enginePid;
    if (current().phase !== 'ended' && pid !== undefined) process.kill(pid, 'SIGKILL');
    await until('the end', () => (current().phase === 'ended' ? true : undefined));
  },
  watchDelays: () => {
    delays.enable();
    delays.reset();
  },
  /** Milliseconds. */
  longestDelay: () => {
    delays.disable();
    return delays.max / 1e6 - 10;
  },
  timesRunsRead: async () => (await extension()).timesRunsRead(),
  /** Waits until all runs were read since. */
  runsRead: async ({ after }) => {
    const found = await extension();
    await until('the runs', () => (found.timesRunsRead() > after ? true : undefined));
  },
  /** Puts one of two texts for the other, whichever is there, and saves. */
  toggle: async ({ file, from, to }) => {
    const document = await vscode.workspace.openTextDocument(file);
    await change(document, document.getText().includes(from) ? [from, to] : [to, from]);
    await document.save();
  },
  /** Changes a file, as typing does, and saves it; answers when saving began. */
  save: async ({ file, from, to }) => {
    const document = await vscode.workspace.openTextDocument(file);
    await change(document, [from, to]);
    const began = now();
    await document.save();
    return began;
  },
};

/** What VS Code runs. */
export const run = serve(actions);
