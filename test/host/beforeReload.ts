/** A window that is about to be reloaded: a run that has ended and one that goes on, each with its panel, and a diagnosis that no run holds. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnblindApi } from '../../src/editor/api';
import { suite } from './lib/suite';
import { activate, command, fitted, folder, fresh, quickFile, running, show, until } from './lib/workspace';

const fixed = `import * as tf from '@tensorflow/tfjs';
import { defineEnergy } from 'unblind';

export const fixed = defineEnergy({ dim: 1, energy: (x) => tf.mul(0.5, tf.sum(tf.square(x), 1)) });
`;

export const run = suite('before a reload', ({ it, before }) => {
  let api: UnblindApi;

  before(async () => {
    api = await activate();
    await show(quickFile);
  });

  it('a density without parameters has been diagnosed', async () => {
    const file = await fresh('fixed.energy.ts', fixed);
    const energy = { file, name: 'fixed' };
    await command('diagnose', energy);
    const found = await until('the diagnosis', () => api.diagnosis(energy)?.state !== 'stage' && api.diagnosis(energy));
    assert.deepEqual([found.state, found.words, found.live], ['done', 'sees', true]);
  });

  it('a run goes on, and one has ended', async () => {
    await command('fit', { file: quickFile, name: 'long' });
    const { enginePid } = await running(api, 'long');
    await writeFile(join(folder, 'engine.pid'), String(enginePid));
    assert.equal((await fitted(api, { file: quickFile, name: 'quick' })).end, 'done');
    assert.equal(api.panels().length, 3);
  });
});
