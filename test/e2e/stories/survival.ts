/** What a tab switch and a reload of the window leave as it was. */

import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { panelFrame, picture, tables } from '../lib/panel';
import type { Story } from '../lib/story';
import { openFile, setTheme, themes, workbenchThere } from '../lib/workbench';
import { until } from '../lib/world';

/** What a user would miss. */
async function facts(frame: Frame): Promise<object> {
  await until(
    'the runs',
    () => frame.locator('.chip').count(),
    (count) => count > 0,
  );
  await until(
    'a picture',
    () => picture(frame, 'density'),
    ({ colours }) => colours > 20,
  );
  return {
    runs: await frame.locator('.chip').allTextContents(),
    active: await frame.locator('.chip.active .chip-name').textContent(),
    layers: await frame
      .locator('#density vscode-checkbox')
      .evaluateAll((all) => all.map((each) => `${each.textContent} ${each.getAttribute('aria-checked')}`)),
    verdict: await frame.locator('.verdict-words').textContent(),
    modes: (await tables(frame, 'modes'))[0]!.rows,
    settings: await frame.locator('.brief').textContent(),
  };
}

export const survivalStory: Story = {
  name: 'what stays',
  steps: [
    {
      name: 'a panel that was hidden behind a tab',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await frame.getByRole('checkbox', { name: 'Data' }).click();
        const before = await facts(frame);
        await page.keyboard.press('Control+2');
        await openFile(page, 'twoModes.energy.ts');
        await frame.waitForFunction(() => document.hidden).catch(() => undefined);
        await until(
          'no panel',
          () => Promise.resolve(page.frames().includes(frame)),
          (there) => !there,
        );
        await page.locator('.tab', { hasText: 'fourModes' }).last().click();
        assert.deepEqual(await facts(await panelFrame(page)), before);
      },
    },
    {
      name: 'the window reloaded, with its theme',
      run: async ({ page }) => {
        const contrast = themes[2];
        await setTheme(page, contrast);
        const before = await facts(await panelFrame(page));
        // Interface state is stored twice a second.
        await page.waitForTimeout(1500);
        await page.reload();
        await workbenchThere(page);
        const frame = await panelFrame(page);
        assert.deepEqual(await facts(frame), before);
        await until(
          'the theme',
          () =>
            page
              .locator('.monaco-workbench')
              .first()
              .evaluate((element) => [...element.classList]),
          (classes) => classes.includes(contrast.workbench),
        );
        await setTheme(page, themes[0]);
      },
    },
  ],
};
