/** One of two windows on the same folder: both fit the same energy at once. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionView, UnblindApi } from '../../../src/editor/api';
import { forget, messages } from './dialogs';
import { suite } from './suite';
import { activate, command, ended, folder, quickFile, running, runDirectories, until } from './workspace';

/** The tests of the window `own`, beside the window `other`. */
export function sharedFolder(own: string, other: string): () => Promise<void> {
  const mark = (window: string, what: string): string => join(folder, `${window}.${what}`);
  /** Both windows are as far as this. */
  const together = async (what: string): Promise<void> => {
    await writeFile(mark(own, what), '');
    await until(`the other window (${what})`, () => existsSync(mark(other, what)), 200);
  };

  return suite(`${own} of two windows`, ({ it, before, afterEach }) => {
    let api: UnblindApi;
    let session: SessionView;

    before(async () => {
      api = await activate();
      await together('begun');
    });

    afterEach(forget);

    it('fits while the other one fits the same', async () => {
      await command('fit', { file: quickFile, name: 'long' });
      await running(api, 'long');
      await together('running');
      const own = api.sessions().find(({ steers }) => steers)?.runDir;
      const theirs = (): SessionView | undefined => api.sessions().find(({ steers, step }) => !steers && step > 0);
      const { step } = await until('the run of the other window', async () => {
        await command(
          'openRun',
          runDirectories(folder).find((directory) => directory !== own),
        );
        return theirs();
      });
      await until('its next steps', () => theirs()!.step > step);
      await together('seen');
      // Buttons mean the run that is looked at.
      await command('openRun', own);
      await command('stop');
      session = await ended(api);
      assert.equal(session.end, 'stopped');
      await together('ended');
      assert.equal(runDirectories(folder).length, 2);
      assert.deepEqual(messages(), []);
    });

    it("opens the other window's run", async () => {
      const theirs = runDirectories(folder).find((directory) => directory !== session.runDir)!;
      await command('openRun', theirs);
      assert.equal(api.panels()[0]?.runs, 2);
      assert.deepEqual(messages(), []);
      await together('opened');
    });
  });
}
