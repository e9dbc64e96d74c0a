/** The same window after the reload: the panels are back with their runs, the run that went on still does, and what was diagnosed is known. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionView, UnblindApi } from '../../src/editor/api';
import { messages } from './lib/dialogs';
import { suite } from './lib/suite';
import { activate, command, fitted, folder, lensesOf, quickFile, show, until } from './lib/workspace';

export const run = suite('after a reload', ({ it, before }) => {
  let api: UnblindApi;

  before(async () => {
    api = await activate();
  });

  it('the panel that was in front is back with its run', async () => {
    const panel = await until('a panel', () => api.panels().find(({ sent }) => (sent['hydrate'] ?? 0) > 0));
    assert.equal(panel.title, 'quick');
    assert.equal(panel.runs, 1);
  });

  it('the run that went on still does, in its own process, and is followed live', async () => {
    const pid = Number(readFileSync(join(folder, 'engine.pid'), 'utf8'));
    const long = (): SessionView | undefined => api.sessions().find(({ energy }) => energy === 'long');
    const { enginePid, step, steers, runDir } = await until('the run', () => (long()?.frameStep === undefined ? undefined : long()));
    assert.equal(enginePid, pid);
    assert.equal(steers, true);
    await until('its next steps', () => long()!.step > step);
    await command('openPanel', { file: quickFile, name: 'long' });
    assert.equal(api.panels().find(({ title }) => title === 'long')?.runs, 1);
    await command('stop');
    await until('its end', () => long()?.end === 'stopped');
    await until('the end of its process', () => !isThere(pid));
    // An engine that does not answer in time, as on a busy machine, is killed: then the run can go on from its checkpoint.
    assert.ok(['result.json', 'checkpoint.npz'].some((name) => existsSync(join(runDir!, name))));
    assert.deepEqual(messages(), []);
    await command('openPanel', { file: quickFile, name: 'quick' });
  });

  it('the diagnosis that no run holds is back, and nobody can be asked about it', async () => {
    const energy = { file: join(folder, 'fixed.energy.ts'), name: 'fixed' };
    const found = await until('the diagnosis', () => api.diagnosis(energy));
    assert.deepEqual([found.state, found.words, found.live, found.enginePid], ['done', 'sees', false, undefined]);
    await command('openPanel', energy);
    assert.equal(api.panels().find(({ title }) => title === 'fixed')?.diagnosis, 'done');
    assert.equal(api.diagnostics(energy).find(({ id }) => id === 'diagnosis.verdict')?.status, 'pass');
    await show(energy.file);
    await until('the verdict', async () => (await lensesOf(energy.file))[5]?.command?.title === 'score matching sees the weights');
  });

  it('the lens still has the last result', async () => {
    await show(quickFile);
    await until('the result', async () => (await lensesOf(quickFile))[5]?.command?.title.startsWith('MFD: KL '));
  });

  it('another fit goes into the same panel', async () => {
    assert.equal((await fitted(api, { file: quickFile, name: 'quick' })).end, 'done');
    assert.equal(api.panels().find(({ title }) => title === 'quick')?.runs, 2);
    assert.deepEqual(messages(), []);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
