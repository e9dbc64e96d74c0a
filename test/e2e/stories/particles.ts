/** A density's particles move, and its diagnosis says that score matching is blind to its weights. */

import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { numberOf, panelFrame, picture, runState, shown, tables, verdict } from '../lib/panel';
import type { Story } from '../lib/story';
import { choose, lens, openFile } from '../lib/workbench';
import { until } from '../lib/world';

/** Two corners with .8 and .2 of the mass. */
const example = 'mixingPitfall.energy.ts';
const energy = 'corners';

/** Starts a sampler by the lens of the energy, with particles all over. */
export async function sampleByLens(page: Page, sampler: string): Promise<Frame> {
  await lens(page, 'Sample...').click();
  await choose(page, sampler);
  await choose(page, 'Uniform');
  return panelFrame(page, { words: energy });
}

export async function diagnoseByLens(page: Page): Promise<Frame> {
  await lens(page, 'Diagnose').click();
  const frame = await panelFrame(page, { words: energy });
  await frame.getByRole('tab', { name: 'Diagnosis', selected: true }).waitFor();
  await until(
    'a verdict',
    () => frame.locator('.banner h1, .banner h2').first().textContent(),
    (text) => (text ?? '').includes('blind'),
    120,
  );
  return frame;
}

/** Share of the particles in the heavier corner, by the table. */
async function heavier(frame: Frame): Promise<number> {
  const [table] = await tables(frame, 'shares');
  const row = table!.rows.find(([mode]) => (mode ?? '').includes('(5'));
  return numberOf(row?.[1]);
}

export const particlesStory: Story = {
  name: 'particles',
  steps: [
    {
      name: 'the lens samples: plain Langevin dynamics leave half of the particles in each corner',
      run: async ({ page }) => {
        await page.keyboard.press('Control+1');
        await openFile(page, example);
        const frame = await sampleByLens(page, 'Langevin');
        await frame.getByRole('tab', { name: 'Sample', selected: true }).waitFor();
        await runState(frame, 'Done · Langevin', 120);
        assert.ok((await picture(frame, 'sample-density')).colours > 20);
        const share = await heavier(frame);
        assert.ok(Math.abs(share - 0.5) < 0.08, `${share}`);
        assert.match(await verdict(frame), /has not mixed between modes/);
      },
    },
    {
      name: 'parallel tempering finds the weights',
      run: async ({ page }) => {
        const frame = await sampleByLens(page, 'Parallel tempering');
        await runState(frame, 'Done · Parallel tempering', 180);
        const share = await heavier(frame);
        assert.ok(Math.abs(share - 0.8) < 0.06, `${share}`);
      },
    },
    {
      name: 'the diagnosis calls score matching blind, and its curves follow the slider',
      run: async ({ page }) => {
        const frame = await diagnoseByLens(page);
        await shown(frame, '#curves canvas').first().waitFor();
        const before = await picture(frame, 'curves');
        const beta = frame.getByRole('slider', { name: 'Beta' });
        await beta.focus();
        for (let press = 0; press < 8; press++) await page.keyboard.press('ArrowLeft');
        await until(
          'other curves',
          () => picture(frame, 'curves'),
          ({ sum }) => sum !== before.sum,
        );
      },
    },
  ],
};
