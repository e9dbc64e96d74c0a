/** Plain Fisher divergence beside MFD: one has the weights wrong, and says so. */

import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { brightnessAt, button, panelFrame, runState, verdict, worstWeight } from '../lib/panel';
import type { Story } from '../lib/story';
import { until } from '../lib/world';

/** Enough for MFD to find the weights to .05; a few seconds each. */
const steps = 1500;

/** Centres of the modes of the example. */
const modes = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
] as const;

/** Fills the form of the panel and starts a run. */
export async function fitInPanel(frame: Frame, objective: string, wanted: number): Promise<void> {
  const settings = frame.locator('details.settings');
  if (!(await settings.evaluate((element) => (element as HTMLDetailsElement).open))) await settings.locator('summary').click();
  await frame.getByRole('combobox', { name: 'Objective' }).click();
  await frame.getByRole('option', { name: objective, exact: true }).click();
  const field = frame.getByRole('textbox', { name: 'Steps' });
  await field.fill(String(wanted));
  await field.press('Enter');
  await button(frame, 'Fit').click();
  await button(frame, 'Stop').waitFor();
}

export const compareStory: Story = {
  name: 'a comparison',
  steps: [
    {
      name: 'Fisher divergence, run to its end, has weights off by more than 0.1, and the panel says why',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await frame
          .getByRole('button', { name: /^Remove/ })
          .first()
          .waitFor({ state: 'detached' });
        await fitInPanel(frame, 'Fisher divergence', steps);
        await runState(frame, 'Done', 120);
        const { modes, worst } = await worstWeight(frame, await nameOfRun(frame, /^FD/));
        assert.equal(modes, 4);
        assert.ok(worst > 0.1, `${worst}`);
        assert.match(await verdict(frame), /this objective cannot see them/);
      },
    },
    {
      name: 'MFD has every weight within 0.05',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        await button(frame, (await frame.getByRole('button', { name: /^Remove MFD/ }).getAttribute('aria-label')) ?? '').click();
        await fitInPanel(frame, 'MFD', steps);
        await runState(frame, 'Done', 120);
        const { modes, worst } = await worstWeight(frame, await nameOfRun(frame, /^MFD/));
        assert.equal(modes, 4);
        assert.ok(worst < 0.05, `${worst}`);
        assert.match(await verdict(frame), /^4 modes, every weight within/);
      },
    },
    {
      name: 'both are overlaid, and the four modes are bright where they are',
      run: async ({ page }) => {
        const frame = await panelFrame(page);
        assert.equal(await frame.locator('.chip').count(), 2);
        assert.match((await frame.locator('#modes canvas').getAttribute('aria-label')) ?? '', /FD.*MFD/);
        for (const layer of ['Score', 'Contours']) await frame.getByRole('checkbox', { name: layer }).click();
        const names = await frame.locator('.chip-name').allTextContents();
        const seen = async (run: string): Promise<readonly number[]> => {
          const [between = 1, ...at] = await brightnessAt(frame, names.indexOf(run), [[0, 0], ...modes]);
          return at.map((light) => light - between);
        };
        const mfd = await until(
          'four bright modes',
          () => seen('MFD'),
          (light) => light.every((more) => more > 0.08),
        );
        assert.ok(mfd[3]! > mfd[0]!, 'The heaviest mode is not brighter than the lightest.');
        const fisher = await seen('FD');
        assert.ok(
          fisher.some((more) => more < 0.04),
          `Fisher divergence has all four modes: ${fisher.join(', ')}`,
        );
      },
    },
  ],
};

/** The label of the run whose chip matches. */
export async function nameOfRun(frame: Frame, pattern: RegExp): Promise<string> {
  const names = await frame.locator('.chip-name').allTextContents();
  const name = names.find((each) => pattern.test(each));
  if (name === undefined) throw new Error(`No run matches ${pattern.source}; there are ${names.join(', ')}.`);
  return name;
}
