/** A workspace of two folders, which hold files of equal names. */

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';
import { forget, messages, choose } from './lib/dialogs';
import { suite } from './lib/suite';
import { activate, command, fitted, lensesOf, runDirectories, show, until } from './lib/workspace';

export const run = suite('a workspace of two folders', ({ it, before, afterEach }) => {
  let api: UnblindApi;
  const folders = vscode.workspace.workspaceFolders!.map(({ uri }) => uri.fsPath);
  const files = folders.map((path) => join(path, 'quick.energy.ts'));

  before(async () => {
    api = await activate();
  });

  afterEach(forget);

  it('has two folders', () => {
    assert.equal(folders.length, 2);
  });

  it('has lenses in each', async () => {
    for (const file of files) {
      await show(file);
      assert.equal((await lensesOf(file)).length, 12);
    }
  });

  it('keeps the runs of each folder in that folder, and the panels apart', async () => {
    for (const file of files) {
      const { end, runDir } = await fitted(api, { file, name: 'quick' });
      assert.equal(end, 'done');
      assert.equal(dirname(dirname(dirname(runDir!))), dirname(file));
    }
    assert.equal(api.panels().length, 2);
    assert.deepEqual(
      folders.map((path) => runDirectories(path).length),
      [1, 1],
    );
  });

  it('shows each its own last result', async () => {
    for (const file of files) assert.match((await lensesOf(file))[5]?.command?.title ?? '', /^MFD: KL /);
  });

  it('offers the runs of both', async () => {
    choose(/^quick/);
    await command('compareRuns');
    await until('the page', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Comparison')));
    assert.deepEqual(messages(), []);
  });
});
