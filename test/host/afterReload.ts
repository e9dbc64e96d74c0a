/** The same window after the reload: the panels are back with their runs, and the run that went on is complete. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnblindApi } from '../../src/editor/api';
import { messages } from './lib/dialogs';
import { suite } from './lib/suite';
import { activate, fitted, folder, lensesOf, quickFile, runDirectories, show, until } from './lib/workspace';

export const run = suite('after a reload', ({ it, before }) => {
  let api: UnblindApi;

  before(async () => {
    api = await activate();
  });

  it('the panel that was in front is back with its run', async () => {
    const panel = await until('a panel', () => api.panels().find(({ sent }) => (sent['hydrate'] ?? 0) > 0));
    assert.equal(panel.title, 'quick');
    assert.equal(panel.runs, 1);
    assert.deepEqual(api.sessions(), []);
  });

  it('the run that went on has been ended in order', async () => {
    const directory = runDirectories(folder).find((path) => path.includes('long'))!;
    await until('its result', () => existsSync(join(directory, 'result.json')));
    const ended = (): boolean => readFileSync(join(directory, 'events.ndjson'), 'utf8').includes('"type":"end"');
    await until('its end', ended);
  });

  it('the lens still has the last result', async () => {
    await show(quickFile);
    await until('the result', async () => /^MFD: KL /.test((await lensesOf(quickFile))[3]?.command?.title ?? ''));
  });

  it('another fit goes into the same panel', async () => {
    assert.equal((await fitted(api, { file: quickFile, name: 'quick' })).end, 'done');
    assert.equal(api.panels().find(({ title }) => title === 'quick')?.runs, 2);
    assert.deepEqual(messages(), []);
  });
});
