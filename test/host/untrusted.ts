/** The extension in Restricted Mode: stored runs can be opened, nothing runs. */

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';
import { forget, messages } from './lib/dialogs';
import { suite } from './lib/suite';
import { activate, command, folder, lensesOf, quickFile, show, squigglesOf, until } from './lib/workspace';

const refusal = 'Energy files are code and run only in a trusted workspace.';

export const run = suite('in Restricted Mode', ({ it, before, afterEach }) => {
  let api: UnblindApi;
  const stored = join(folder, '.unblind/runs/20250102-120000-quick-mfd');

  before(async () => {
    api = await activate();
    await cp(join(folder, 'storedRun'), stored, { recursive: true });
  });

  afterEach(forget);

  it('is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('shows lenses', async () => {
    await show(quickFile);
    assert.equal((await lensesOf(quickFile)).length, 12);
  });

  for (const name of ['fit', 'fitWith', 'sample', 'diagnose', 'check', 'doctor']) {
    it(`${name} says why it does nothing`, async () => {
      await show(quickFile);
      await command(name, vscode.Uri.file(quickFile));
      assert.deepEqual(
        messages().map(({ kind, text }) => [kind, text]),
        [['warning', refusal]],
      );
    });
  }

  it('rerun says why it does nothing', async () => {
    const record = { file: quickFile, energy: 'quick', settings: {}, seed: 0, executor: 'auto' };
    await command('rerun', { kind: 'run', directory: stored, record });
    assert.equal(messages()[0]?.text, refusal);
  });

  it('opens a stored run and draws it', async () => {
    await command('openRun', vscode.Uri.file(stored));
    assert.equal(api.panels()[0]?.runs, 1);
    await until('the page', () => (api.panels()[0]?.sent['hydrate'] ?? 0) > 0);
  });

  it('has run nothing', () => {
    assert.deepEqual(api.sessions(), []);
    assert.deepEqual(squigglesOf(quickFile), []);
    assert.deepEqual(messages(), []);
  });
});
