/** What goes wrong around a fit: each case says so in a sentence, and loses nothing. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';
import { forget, isPlain, messages } from './lib/dialogs';
import { say, suite } from './lib/suite';
import {
  activate,
  command,
  copyOfQuick,
  ended,
  fitted,
  folder,
  fresh,
  lensesOf,
  readJson,
  rewrite,
  running,
  runDirectories,
  show,
  squigglesOf,
  until,
} from './lib/workspace';

export const run = suite('bad input', ({ it, before, afterEach }) => {
  let api: UnblindApi;

  /** The sentence that was shown, once there is one. */
  const sentence = async (): Promise<string> => {
    const { text } = await until('a message', () => messages()[0]);
    say(`  info "${text}"`);
    return text;
  };

  before(async () => {
    api = await activate();
  });

  afterEach(async () => {
    for (const { text } of messages()) assert.ok(isPlain(text), text);
    forget();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('a file that is renamed during its run: the run ends in order', async () => {
    const file = await copyOfQuick('renamed.energy.ts');
    await command('fit', { file, name: 'long' });
    await running(api, 'long');
    const later = join(folder, 'later.energy.ts');
    await rename(file, later);
    await command('stop');
    const session = await ended(api);
    assert.equal(session.end, 'stopped');
    assert.ok(existsSync(join(session.runDir!, 'run.json')));
    assert.equal((await fitted(api, { file: later, name: 'quick' })).end, 'done');
    assert.deepEqual(messages(), []);
  });

  it('a file that is deleted during its run: the run ends in order, and the next fit says that there is no file', async () => {
    const file = await copyOfQuick('deleted.energy.ts');
    await command('fit', { file, name: 'long' });
    await running(api, 'long');
    await rm(file);
    await command('stop');
    const session = await ended(api);
    assert.equal(session.end, 'stopped');
    assert.ok(existsSync(join(session.runDir!, 'run.json')));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal((await fitted(api, { file, name: 'quick' })).end, 'bad-input');
  });

  it('unsaved changes are saved, so that what is fitted is what is seen', async () => {
    const file = await copyOfQuick('unsaved.energy.ts');
    const editor = await show(file);
    await rewrite(editor, (text) => text.replace('steps: 400', 'steps: 123'), false);
    assert.ok(editor.document.isDirty);
    const session = await fitted(api, { file, name: 'quick' });
    assert.equal(session.step, 123);
    assert.ok(!editor.document.isDirty);
    assert.match(await readFile(file, 'utf8'), /steps: 123/);
  });

  it('a file that was never saved is refused', async () => {
    const uri = vscode.Uri.parse('untitled:new.energy.ts');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await command('fit');
    assert.match(await sentence(), /save this one first/);
  });

  it('code that is half-written keeps its lenses, and a fit of it is marked where it breaks', async () => {
    const file = await copyOfQuick('half.energy.ts');
    const editor = await show(file);
    await rewrite(editor, (text) => text.replace("'swish'),", "'swish'"));
    assert.equal((await lensesOf(file)).length, 12);
    assert.equal((await fitted(api, { file, name: 'quick' })).end, 'bad-input');
    const [squiggle] = await until('a squiggle', () => squigglesOf(file).length > 0 && squigglesOf(file));
    // The missing bracket is noticed at the next line's name.
    assert.equal(squiggle!.range.start.line, 6);
    assert.ok(isPlain(squiggle!.message), squiggle!.message);
  });

  it('an error inside a function that the energy calls is marked there', async () => {
    const text = `import { data, defineEnergy } from 'unblind';
import * as tf from '@tensorflow/tfjs';

const narrow = (x: tf.Tensor2D) => {
  return tf.matMul(x, tf.ones([7, 1]));
};

export const wrong = defineEnergy({
  dim: 2,
  energy: (x) => narrow(x).squeeze([1]),
  data: data.moons(),
});
`;
    const file = await fresh('inside.energy.ts', text);
    const editor = await show(file);
    const [squiggle] = await until('a squiggle', () => squigglesOf(file).length > 0 && squigglesOf(file));
    assert.equal(squiggle!.range.start.line, 4);
    assert.equal(editor.document.getText(squiggle!.range), 'matMul');
  });

  it('data that are not there are named', async () => {
    const source = `import { data, defineEnergy, mlp } from 'unblind';

export const absent = defineEnergy({ dim: 2, ...mlp([2, 8, 1], 'swish'), data: data.csv('./nowhere.csv') });
`;
    const file = await fresh('absent.energy.ts', source);
    await show(file);
    assert.equal((await fitted(api, { file, name: 'absent' })).end, 'bad-input');
    const found = await until('a squiggle', () => squigglesOf(file).find(({ message }) => message.includes('nowhere.csv')));
    say(`  info "${found.message}"`);
    assert.ok(isPlain(found.message));
  });

  it('an energy that takes all memory is ended in words', async () => {
    const source = `import { data, defineEnergy, mlp } from 'unblind';

const hoard: number[][] = [];
for (;;) hoard.push(new Array<number>(30_000_000).fill(0.5));

export const greedy = defineEnergy({ dim: 2, ...mlp([2, 8, 1], 'swish'), data: data.moons() });
`;
    const file = await fresh('greedy.energy.ts', source);
    await show(file);
    assert.equal((await fitted(api, { file, name: 'greedy' })).end, 'bad-input');
    const [squiggle] = await until('a squiggle', () => squigglesOf(file).length > 0 && squigglesOf(file));
    say(`  info "${squiggle!.message}"`);
    // On a machine with much else to do the time is over before the memory is.
    assert.match(squiggle!.message, /memory|did not finish in/);
  });

  it('a place that cannot be written to is named, and nothing of it is touched', async () => {
    const file = await copyOfQuick('locked/quick.energy.ts');
    const inTheWay = join(folder, 'locked/.unblind');
    await writeFile(inTheWay, 'mine');
    await show(file);
    assert.equal((await fitted(api, { file, name: 'quick' })).end, 'bad-input');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await command('fit', { file, name: 'quick' });
    await ended(api);
    assert.equal(await readFile(inTheWay, 'utf8'), 'mine');
    await rm(inTheWay);
    const session = await fitted(api, { file, name: 'quick' });
    assert.equal(session.end, 'done');
  });

  it('run directories that are empty, cut off or corrupt are named when opened, and harm no other', async () => {
    const runs = join(folder, '.unblind/runs');
    const stored = join(runs, '20250102-120000-quick-mfd');
    await cp(join(folder, 'storedRun'), stored, { recursive: true });
    const damage: Record<string, string | undefined> = { 'run.json': '{ "format": 1,', 'result.json': '[]', 'events.ndjson': '\u0000{{{' };
    for (const [name, text] of Object.entries(damage)) {
      const directory = join(runs, `20250102-120000-${name.replace('.', '-')}`);
      await cp(stored, directory, { recursive: true });
      await writeFile(join(directory, name), text!);
    }
    await mkdir(join(runs, '20250102-120000-empty'));
    await command('refreshRuns');
    for (const name of ['run-json', 'result-json', 'empty']) {
      forget();
      await command('openRun', join(runs, `20250102-120000-${name}`));
      assert.ok(isPlain(await sentence()));
    }
    forget();
    await command('openRun', join(runs, '20250102-120000-events-ndjson'));
    await command('openRun', stored);
    assert.deepEqual(messages(), []);
    assert.equal(api.panels()[0]?.runs, 2);
  });

  it('snapshots that are damaged leave the rest of a run to be seen', async () => {
    const directory = join(folder, '.unblind/runs/20250103-120000-quick-mfd');
    await cp(join(folder, 'storedRun'), directory, { recursive: true });
    await writeFile(join(directory, 'snapshots/step-0000050.npz'), 'PK');
    await writeFile(join(directory, 'data.npz'), '');
    await command('openRun', directory);
    await until('the panel', () => api.panels().some(({ sent }) => (sent['hydrate'] ?? 0) > 0));
    assert.deepEqual(messages(), []);
  });

  it('a run that is deleted while it goes on ends in words', async () => {
    const file = await copyOfQuick('removed/quick.energy.ts');
    await mkdir(join(folder, 'removed/.unblind'), { recursive: true });
    await command('fit', { file, name: 'long' });
    const { runDir } = await running(api, 'long');
    await rm(runDir!, { recursive: true, force: true, maxRetries: 5 });
    await command('stop');
    const { end } = await ended(api);
    say(`  info it ended as ${end ?? ''}`);
    assert.ok(end === 'bad-input' || end === 'stopped', end);
    assert.equal((await fitted(api, { file, name: 'quick' })).end, 'done');
    assert.equal(runDirectories(join(folder, 'removed')).length, 1);
  });

  it('settings of a run are those of the file', async () => {
    const { runDir } = api.sessions().at(-1)!;
    const record = (await readJson(join(runDir!, 'run.json'))) as { settings: { steps: number } };
    assert.equal(record.settings.steps, 400);
  });
});
