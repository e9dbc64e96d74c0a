/** Lenses, squiggles, fits and live fits in a trusted workspace. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';
import { say, suite } from './lib/suite';
import { activate, ended, folder, fresh, lensesOf, quickFile, rewrite, running, show, squigglesOf, until } from './lib/workspace';

const broken = `import { data, defineEnergy, mlp } from 'unblind';
import * as tf from '@tensorflow/tfjs';

export const wrong = defineEnergy({
  dim: 2,
  energy: (x) => tf.matMul(x, tf.ones([3, 1])).squeeze([1]),
  data: data.moons(),
});
`;

const titles = (lenses: readonly vscode.CodeLens[]): string[] => lenses.map(({ command }) => command?.title ?? '');

export const run = suite('in a trusted workspace', ({ it, before, afterEach }) => {
  let api: UnblindApi;

  before(async () => {
    api = await activate();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('activates', () => {
    say(`  info activation took ${api.activationMilliseconds.toFixed(1)} ms`);
    assert.ok(Number.isFinite(api.activationMilliseconds));
  });

  it('has every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('unblind.unblind')!;
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const there = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(there.has(command), command);
  });

  it('has the same six lenses above each energy, also while the code is half-written', async () => {
    const editor = await show(quickFile);
    const whole = titles(await lensesOf(quickFile));
    assert.equal(whole.length, 12);
    assert.deepEqual(whole.slice(0, 6), ['$(play) Fit EBM with MFD', 'Fit with...', 'Sample...', 'Diagnose', 'Check', 'not fitted yet']);
    assert.equal((await lensesOf(quickFile))[0]!.range.start.line, 3);
    await rewrite(editor, (text) => text.replace('dim: 1,', 'dim: , "'), false);
    assert.deepEqual(titles(await lensesOf(quickFile)), whole);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the text to be as it was', () => !editor.document.isDirty);
  });

  it('finds the lenses of a thousand lines', async () => {
    const text = (await vscode.workspace.openTextDocument(quickFile)).getText();
    const file = await fresh('thousand.energy.ts', Array.from({ length: 50 }, () => text).join('\n'));
    await vscode.workspace.openTextDocument(file);
    await lensesOf(file);
    const started = performance.now();
    await lensesOf(file);
    // The text alone takes a few milliseconds, which a unit test measures; here the way there and back is part of it.
    say(`  info lenses of a thousand lines took ${(performance.now() - started).toFixed(1)} ms, the way there and back included`);
    assert.equal((await lensesOf(file)).length, 600);
  });

  it('hides the lenses by the setting, which the command turns', async () => {
    await show(quickFile);
    await vscode.commands.executeCommand('unblind.toggleLenses');
    await until('no lenses', async () => (await lensesOf(quickFile)).length === 0);
    await vscode.commands.executeCommand('unblind.toggleLenses');
    await until('lenses', async () => (await lensesOf(quickFile)).length === 12);
  });

  it('marks a mistake where it is, and takes the mark away once it is mended', async () => {
    const file = await fresh('wrong.energy.ts', broken);
    const editor = await show(file);
    const [squiggle] = await until('a squiggle', () => squigglesOf(file).length > 0 && squigglesOf(file));
    say(`  info ${squiggle!.message} at ${editor.document.getText(squiggle!.range)}`);
    assert.equal(squiggle!.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(squiggle!.range.start.line, 5);
    await rewrite(editor, (text) => text.replace('tf.ones([3, 1])', 'tf.ones([2, 1])'));
    await until('no error', () => squigglesOf(file).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error));
  });

  it('fits from the lens to the end and draws it in the panel', async () => {
    const editor = await show(quickFile);
    const lens = (await lensesOf(quickFile))[0]!.command!;
    const started = performance.now();
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments ?? []));
    await running(api, 'quick');
    say(`  info first loss point after ${(performance.now() - started).toFixed(0)} ms`);
    const session = await ended(api);
    assert.equal(session.end, 'done');
    assert.equal(session.step, 400);
    assert.ok(existsSync(join(session.runDir!, 'result.json')));
    // The page may be there only after so short a fit.
    const panel = await until('the page', () => api.panels().find(({ sent }) => (sent['hydrate'] ?? 0) > 0));
    assert.equal(panel.title, 'quick');
    assert.ok(panel.visible);
    // The panel does not take the focus.
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, editor.document.uri.fsPath);
    const words = titles(await lensesOf(quickFile))[5];
    say(`  info last result: ${words}`);
    assert.match(words ?? '', /^MFD: KL [\d.e-]+, 2 modes, weights /);
  });

  it('opens a stored run again', async () => {
    const { runDir } = api.sessions().at(-1)!;
    await vscode.commands.executeCommand('unblind.openRun', vscode.Uri.file(runDir!));
    const panel = await until('a panel', () => api.panels().find(({ sent }) => (sent['hydrate'] ?? 0) > 0));
    assert.equal(panel.runs, 1);
  });

  it('offers what is in the history, a half-written run directory in it or not', async () => {
    const half = join(folder, '.unblind/runs/20250101-120000-old-mfd');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'run.json'), '{ "format": 1, "id": "ha');
    await vscode.commands.executeCommand('unblind.refreshRuns');
    await vscode.commands.executeCommand('unblind.openPanel', { file: quickFile, name: 'quick' });
    assert.equal((await until('the panel', () => api.panels().find(({ title }) => title === 'quick'))).runs, 1);
  });

  it('compares runs on a page', async () => {
    const { runDir } = api.sessions().at(-1)!;
    await vscode.commands.executeCommand('unblind.compareRuns', runDir, [runDir, runDir]);
    await until('the page', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Comparison')));
  });

  it('pauses, resumes and stops a fit', async () => {
    await show(quickFile);
    await vscode.commands.executeCommand('unblind.fit', { file: quickFile, name: 'long' });
    const current = () => api.sessions().at(-1)!;
    await running(api, 'long');
    await until('live frames', () => api.panels().some(({ sent }) => (sent['frame'] ?? 0) > 0));
    await vscode.commands.executeCommand('unblind.pauseResume');
    await until('the pause', () => current().phase === 'paused');
    const { step } = current();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(current().step, step);
    await vscode.commands.executeCommand('unblind.pauseResume');
    await until('more steps', () => current().step > step);
    const asked = performance.now();
    await vscode.commands.executeCommand('unblind.stop');
    const session = await ended(api);
    say(`  info stopped and evaluated after ${(performance.now() - asked).toFixed(0)} ms`);
    assert.equal(session.end, 'stopped');
  });

  it('marks an energy that cannot be fitted', async () => {
    const file = await fresh('refused.energy.ts', broken.replaceAll('wrong', 'refused'));
    await show(file);
    await vscode.commands.executeCommand('unblind.fit', vscode.Uri.file(file));
    assert.equal((await ended(api)).end, 'bad-input');
    assert.ok(squigglesOf(file).length > 0);
  });

  it('starts the fit again, warm, when the file is saved and live fits are on', async () => {
    const text = (await vscode.workspace.openTextDocument(quickFile)).getText();
    const file = await fresh('live.energy.ts', text.slice(0, text.indexOf('/** The same')).replace('quick', 'lively'));
    const editor = await show(file);
    await vscode.workspace.getConfiguration('unblind').update('live', true, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('unblind.fit', vscode.Uri.file(file));
    const first = await ended(api);
    assert.equal(first.end, 'done');
    const asked = performance.now();
    await rewrite(editor, (source) => source.replace('std: 0.7', 'std: 0.8'));
    const second = await until('the second fit', () => {
      const last = api.sessions().at(-1)!;
      return last.warmFrom === first.runDir && Number.isFinite(last.loss) && last;
    });
    say(`  info save to first new loss point: ${(performance.now() - asked).toFixed(0)} ms`);
    assert.equal(second.file, file);
    assert.equal((await ended(api)).end, 'done');
    await vscode.workspace.getConfiguration('unblind').update('live', undefined, vscode.ConfigurationTarget.Global);
    assert.ok(folder.includes('énergie'));
  });
});
