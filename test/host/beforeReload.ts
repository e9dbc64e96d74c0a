/** A window that is about to be reloaded: a run that has ended and one that goes on, each with its panel. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnblindApi } from '../../src/editor/api';
import { suite } from './lib/suite';
import { activate, command, fitted, folder, quickFile, running, show } from './lib/workspace';

export const run = suite('before a reload', ({ it, before }) => {
  let api: UnblindApi;

  before(async () => {
    api = await activate();
    await show(quickFile);
  });

  it('a run goes on, and one has ended', async () => {
    await command('fit', { file: quickFile, name: 'long' });
    const { enginePid } = await running(api, 'long');
    await writeFile(join(folder, 'engine.pid'), String(enginePid));
    assert.equal((await fitted(api, { file: quickFile, name: 'quick' })).end, 'done');
    assert.equal(api.panels().length, 2);
  });
});
