/** The extension in Restricted Mode: stored runs can be opened, nothing runs. */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { UnblindApi } from '../../src/editor/api';
import { suite } from './lib/mocha';
import { activate, folder, lensesOf, quickFile, show, squigglesOf } from './lib/workspace';

export const run = suite(({ describe, it, before }) => {
  describe('in Restricted Mode', () => {
    let api: UnblindApi;

    before(async () => {
      api = await activate();
    });

    it('is not trusted', () => {
      assert.equal(vscode.workspace.isTrusted, false);
    });

    it('shows lenses', async () => {
      await show(quickFile);
      assert.equal((await lensesOf(quickFile)).length, 8);
    });

    it('runs nothing, whatever is asked', async () => {
      await show(quickFile);
      await vscode.commands.executeCommand('unblind.fit', vscode.Uri.file(quickFile));
      await vscode.commands.executeCommand('unblind.fitWith', vscode.Uri.file(quickFile));
      await vscode.commands.executeCommand('unblind.check', vscode.Uri.file(quickFile));
      await vscode.commands.executeCommand('unblind.doctor');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.deepEqual(api.sessions(), []);
      assert.deepEqual(squigglesOf(quickFile), []);
    });

    it('opens a stored run', async () => {
      const stored = join(folder, '.unblind/runs/20250102-120000-quick-mfd');
      mkdirSync(stored, { recursive: true });
      cpSync(join(folder, 'storedRun'), stored, { recursive: true });
      await vscode.commands.executeCommand('unblind.openRun', vscode.Uri.file(stored));
      assert.equal(api.panels()[0]?.runs, 1);
      assert.deepEqual(api.sessions(), []);
    });
  });
});
