/** The first minute: a file, its lens, the panel beside it, and the hand on the run. */

import assert from 'node:assert/strict';
import { about, button, numberOf, panelFrame, picture, runState, step, tables } from '../lib/panel';
import type { Story } from '../lib/story';
import { lens, openFile } from '../lib/workbench';
import { until } from '../lib/world';

export const fitStory: Story = {
  name: 'a fit',
  essential: true,
  steps: [
    {
      name: 'the file opens with its lenses',
      run: async ({ page }) => {
        await openFile(page, 'fourModes.energy.ts');
        await lens(page, 'Fit EBM with MFD').waitFor({ timeout: 60_000 });
        await until(
          'six lenses',
          () => page.locator('.codelens-decoration a').count(),
          (count) => count === 6,
        );
      },
    },
    {
      name: 'the lens opens the panel beside the code, and the focus stays in the code',
      run: async ({ page }) => {
        await page.locator('.view-line', { hasText: 'dim: 2' }).click();
        await lens(page, 'Fit EBM with MFD').click();
        await panelFrame(page);
        const groups = page.locator('.editor-group-container');
        assert.equal(await groups.count(), 2);
        const [code, panel] = [await groups.nth(0).boundingBox(), await groups.nth(1).boundingBox()];
        assert.ok(code && panel && panel.x >= code.x + code.width - 12, 'The panel is not right of the code.');
        assert.ok(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') != null), 'The focus has left the code.');
      },
    },
    {
      name: 'the loss falls',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await until(
          '400 steps',
          () => step(frame),
          (at) => at >= 400,
          90,
        );
        const [loss] = await tables(frame, 'loss');
        const values = loss!.rows.map((row) => numberOf(row[1]));
        const mean = (some: readonly number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length;
        const tenth = Math.max(1, Math.floor(values.length / 10));
        assert.ok(values.length >= 10, `${values.length} points`);
        assert.ok(mean(values.slice(-tenth)) < mean(values.slice(0, tenth)), 'The loss has not fallen.');
        assert.ok((await picture(frame, 'loss')).colours > 4);
      },
    },
    {
      name: 'the density is drawn and changes',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        const before = await picture(frame, 'density');
        assert.ok(before.colours > 20);
        await until(
          'another picture',
          () => picture(frame, 'density'),
          ({ sum }) => sum !== before.sum,
        );
      },
    },
    {
      name: 'a pause holds',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await button(frame, 'Pause').click();
        await runState(frame, 'Paused');
        const at = await step(frame);
        await button(frame, 'Step').click();
        await until(
          'ten more steps',
          () => step(frame),
          (now) => now === at + 10,
        );
      },
    },
    {
      name: 'the scrubber shows an early snapshot, and the latest again',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        const label = frame.locator('.scrub-label');
        const at = await step(frame);
        await until(
          'the picture of the last step',
          () => label.textContent(),
          (text) => (text ?? '').startsWith('Live') && numberOf(text?.replace(/\D/g, '')) === at,
        );
        const now = await settledPicture(frame);
        await frame.getByRole('slider', { name: 'Snapshot' }).focus();
        await page.keyboard.press('Home');
        await until(
          'the first snapshot',
          () => label.textContent(),
          (text) => text === 'Step 0',
        );
        await until(
          'its picture',
          () => picture(frame, 'density'),
          ({ sum }) => sum !== now,
        );
        await button(frame, 'Latest').click();
        await until(
          'the picture from before',
          () => picture(frame, 'density'),
          ({ sum }) => sum === now,
        );
      },
    },
    {
      name: 'it goes on, and a stop ends it',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        const at = await step(frame);
        await button(frame, 'Resume').click();
        await until(
          'more steps',
          () => step(frame),
          (now) => now > at,
        );
        await button(frame, 'Stop').click();
        await runState(frame, 'Stopped');
        await button(frame, 'Fit').waitFor();
        assert.match(await about(frame), /MFD · β 0\.8/);
      },
    },
  ],
};

/** The sum of the density's picture once two in a row are the same. */
async function settledPicture(frame: Awaited<ReturnType<typeof panelFrame>>): Promise<number> {
  let last = -1;
  const { sum } = await until(
    'a picture that stays',
    async () => {
      const now = await picture(frame, 'density');
      const same = now.sum === last;
      last = now.sum;
      return { ...now, same };
    },
    ({ same }) => same,
  );
  return sum;
}
