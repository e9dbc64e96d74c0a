/** Each command of package.json, as a user meets it. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { SessionView, UnblindApi } from '../../src/editor/api';
import { choose, forget, isPlain, messages, press, pressEnterUntilDone, saveAs } from './lib/dialogs';
import { suite } from './lib/suite';
import { activate, command, ended, fitted, folder, fresh, lensesOf, quickFile, readJson, show, squigglesOf, until } from './lib/workspace';

const quick = { file: quickFile, name: 'quick' };

export const run = suite('commands', ({ it, before, afterEach }) => {
  let api: UnblindApi;
  let first: SessionView;

  const lastMessage = (): string => messages().at(-1)?.text ?? '';

  before(async () => {
    api = await activate();
  });

  afterEach(async () => {
    for (const { text } of messages()) assert.ok(isPlain(text), text);
    forget();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('all exist', async () => {
    const { packageJSON } = vscode.extensions.getExtension('unblind.unblind')!;
    const { contributes } = packageJSON as { contributes: { commands: { command: string }[] } };
    const there = new Set(await vscode.commands.getCommands(true));
    for (const { command: id } of contributes.commands) assert.ok(there.has(id), id);
  });

  it('fit, with no file open, asks which and starts it', async () => {
    await pressEnterUntilDone(command('fit'));
    first = await ended(api);
    assert.equal(first.energy, 'quick');
    assert.equal(first.end, 'done');
    assert.equal(basename(first.file), 'quick.energy.ts');
  });

  it('fitWith takes what is offered at Enter', async () => {
    await show(quickFile);
    await pressEnterUntilDone(command('fitWith', quick));
    const session = await ended(api);
    assert.notEqual(session.runDir, first.runDir);
    assert.equal(session.end, 'done');
  });

  it('fitWith takes an objective and an executor', async () => {
    choose(/./, /tfjs|TensorFlow/i);
    await command('fitWith', quick);
    const session = await ended(api);
    assert.equal(session.end, 'done');
    const record = (await readJson(join(session.runDir!, 'run.json'))) as { readonly executor: string };
    assert.match(record.executor, /^tfjs/);
  });

  it('stop and pauseResume say that nothing is running', async () => {
    await command('stop');
    await command('pauseResume');
    assert.deepEqual(
      messages().map(({ text }) => text),
      ['Nothing is running.', 'Nothing is running.'],
    );
  });

  it('stop ends a fit that is still being prepared', async () => {
    await command('fit', { file: quickFile, name: 'long' });
    await command('stop');
    assert.equal((await ended(api)).end, 'stopped');
    assert.deepEqual(messages(), []);
  });

  it('openPanel shows the newest run on disk', async () => {
    await until('no panel', () => api.panels().length === 0);
    await command('openPanel', quick);
    await until('the run', () => api.panels().some(({ runs, sent }) => runs > 0 && (sent['hydrate'] ?? 0) > 0));
  });

  it('openRun, with nothing said, asks which', async () => {
    choose(/^quick/);
    await command('openRun');
    assert.equal(api.panels().length, 1);
  });

  it('openRun says what is wrong with a folder that is no run', async () => {
    await command('openRun', vscode.Uri.file(folder));
    assert.equal(messages().length, 1);
    assert.equal(messages()[0]!.kind, 'error');
    assert.match(lastMessage(), /run/i);
    assert.deepEqual(api.panels(), []);
  });

  it('rerun does a run again with its settings and seed', async () => {
    const directory = first.runDir!;
    const record = (await readJson(join(directory, 'run.json'))) as { settings: unknown; seed: number };
    await command('rerun', { kind: 'run', directory, record });
    const session = await ended(api);
    const again = (await readJson(join(session.runDir!, 'run.json'))) as { settings: unknown; seed: number };
    assert.deepEqual([again.settings, again.seed], [record.settings, record.seed]);
    const [before, after] = await Promise.all([directory, session.runDir!].map((run) => readJson(join(run, 'result.json'))));
    assert.deepEqual((after as { kl: number }).kl, (before as { kl: number }).kl);
  });

  it('compareRuns lays runs side by side', async () => {
    choose(/^quick/);
    await command('compareRuns');
    await until('the page', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Comparison')));
  });

  for (const format of ['html', 'csv', 'npz', 'json']) {
    it(`exportRun writes ${format}`, async () => {
      await mkdir(join(folder, 'out'), { recursive: true });
      choose(new RegExp(`^${format}$`));
      saveAs(join(folder, 'out', `run.${format}`));
      const work = command('exportRun', first.runDir);
      const message = await until('the message', () => messages()[0]);
      const path = /to (.*)\.$/.exec(message.text)?.[1] ?? '';
      assert.ok(path.endsWith(format), message.text);
      assert.ok((await stat(path)).size > 100, path);
      await vscode.commands.executeCommand('notifications.clearAll');
      await work;
    });
  }

  it('exportRun says why a file cannot be written', async () => {
    choose(/^json$/);
    saveAs(join(quickFile, 'inside/a/file.json'));
    await command('exportRun', first.runDir);
    assert.equal(messages()[0]?.kind, 'error');
  });

  it('revealRun shows a run directory', async () => {
    await command('revealRun', first.runDir);
    assert.deepEqual(messages(), []);
  });

  it('deleteRun asks, deletes only then, and only a run', async () => {
    const directory = first.runDir!;
    await command('deleteRun', directory);
    assert.match(lastMessage(), /^Delete the run /);
    assert.ok(existsSync(directory));
    press('Delete');
    await command('deleteRun', directory);
    assert.ok(!existsSync(directory));
    press('Delete');
    await command('deleteRun', folder);
    assert.ok(existsSync(quickFile));
  });

  it('newEnergyFile copies an example, which is then checked and can be fitted', async () => {
    choose(/^twoModes$/);
    saveAs(join(folder, 'mine'));
    await command('newEnergyFile');
    const file = join(folder, 'mine.energy.ts');
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file);
    const example = await readFile(
      vscode.extensions.getExtension('unblind.unblind')!.extensionPath + '/examples/twoModes.energy.ts',
      'utf8',
    );
    assert.equal(await readFile(file, 'utf8'), example);
    assert.ok((await lensesOf(file)).length > 0);
    assert.ok(squigglesOf(file).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error));
  });

  it('newEnergyFile brings the data of an example along', async () => {
    choose(/^csvFile$/);
    saveAs(join(folder, 'own'));
    await command('newEnergyFile');
    const rows = await readFile(join(folder, 'geyser.csv'), 'utf8');
    assert.match(rows, /^eruption,minutes,waiting\n/);
    await command('check', vscode.Uri.file(join(folder, 'own.energy.ts')));
    assert.deepEqual(squigglesOf(join(folder, 'own.energy.ts')), []);
  });

  it('check says nothing more where all is well, and marks what is not', async () => {
    await show(quickFile);
    await command('check', vscode.Uri.file(quickFile));
    assert.deepEqual(squigglesOf(quickFile), []);
    const file = await fresh('bad.energy.ts', `export const bad = defineEnergy({});\n`);
    await command('check', vscode.Uri.file(file));
    const [squiggle] = await until('a squiggle', () => squigglesOf(file).length > 0 && squigglesOf(file));
    assert.equal(squiggle!.range.start.line, 0);
    assert.ok(isPlain(squiggle!.message), squiggle!.message);
  });

  it('doctor opens a report', async () => {
    await command('doctor');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /onnx/i);
    assert.ok(isPlain(text), text);
    // An unsaved text would ask before it closes.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('toggleLive and toggleLenses turn their settings', async () => {
    const values = (): unknown[] => ['live', 'lenses'].map((name) => vscode.workspace.getConfiguration('unblind').get(name));
    const usual = values();
    await command('toggleLive');
    await command('toggleLenses');
    assert.deepEqual(
      values(),
      usual.map((value) => value !== true),
    );
    await command('toggleLive');
    await command('toggleLenses');
    assert.deepEqual(values(), usual);
  });

  it('showLog and refreshRuns do as they say', async () => {
    await command('showLog');
    await command('refreshRuns');
    assert.deepEqual(messages(), []);
  });

  it('take no harm from arguments that make no sense', async () => {
    for (const name of ['rerun', 'deleteRun', 'revealRun', 'showCode']) await command(name, 42);
    await command('fit', vscode.Uri.file(join(folder, 'notes.md')));
    assert.match(lastMessage(), /is not an energy file/);
    await command('fit', vscode.Uri.file(await fresh('empty.energy.ts', '')));
    assert.match(lastMessage(), /empty\.energy\.ts exports no energy/);
    assert.equal((await fitted(api, { file: quickFile, name: 'nobody' })).end, 'bad-input');
  });
});
