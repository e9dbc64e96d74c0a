/** The pictures of the documentation, taken as a user would get there. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { panelFrame, runState, step } from './lib/panel';
import { lens, openFile, runCommand, setTheme, themes, workbenchThere } from './lib/workbench';
import { until, type WorldOptions } from './lib/world';
import { fitInPanel } from './stories/compare';
import { diagnoseByLens, sampleByLens } from './stories/particles';

interface Scene {
  readonly name: string;
  /** Gets there; `shoot` takes a picture under another name on the way. */
  readonly run: (page: Page, shoot: (name: string) => Promise<void>, folder: string) => Promise<void>;
}

const wrong = `import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy } from 'unblind';

/** A quadratic form whose matrix has one row too many. */
export const wrong = defineEnergy({
  dim: 2,
  params: (init) => ({ a: init.glorot([3, 16]) }),
  energy: (x, { a }) => tf.sum(tf.square(tf.matMul(x, a)), 1),
  data: data.moons(),
});
`;

const fiveDimensions = `import { data, defineEnergy, mixing, mlp } from 'unblind';

/** Two modes in five dimensions. */
export const five = defineEnergy({
  dim: 5,
  ...mlp([5, 64, 64, 1], 'swish'),
  data: data.gaussianMixture({ means: [[-1, -1, -1, -1, -1], [1, 1, 1, 1, 1]], std: 0.5, weights: [0.3, 0.7] }),
  mixing: mixing.gaussian(),
  fit: { objective: 'mfd', steps: 1200, batch: 256, learningRate: 4e-3 },
});
`;

const scenes: readonly Scene[] = [
  {
    name: 'fitting',
    run: async (page) => {
      await openFile(page, 'fourModes.energy.ts');
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
      await lens(page, 'Fit EBM with MFD').click();
      const frame = await panelFrame(page);
      await giveRoom(page);
      await until(
        'a picture to look at',
        () => step(frame),
        (at) => at >= 700,
        120,
      );
    },
  },
  {
    name: 'panel-dark',
    run: async (page, shoot) => {
      const frame = await panelFrame(page);
      await runState(frame, 'Done', 240);
      for (const theme of themes.slice(1)) {
        await setTheme(page, theme);
        await until(
          'the theme',
          () => frame.evaluate(() => document.body.className),
          (classes) => classes.includes(theme.webview),
        );
        await shoot(`panel-${theme.name}`);
      }
      await setTheme(page, themes[0]);
    },
  },
  {
    name: 'comparison',
    run: async (page) => {
      const frame = await panelFrame(page);
      await fitInPanel(frame, 'Fisher divergence', 1500);
      await runState(frame, 'Done', 240);
      await frame.locator('details.settings summary').click();
      await page.locator('.codelens-decoration a', { hasText: 'FD: KL' }).waitFor();
    },
  },
  {
    name: 'side-panel',
    run: async (page) => {
      await page.locator('.activitybar .action-item a[aria-label^="Unblind"]').click();
      await page.locator('.pane-body .monaco-list-row', { hasText: 'fourModes' }).first().waitFor();
      await page.mouse.move(900, 20);
    },
  },
  { name: 'report', run: report },
  { name: 'doctor', run: doctor },
  {
    name: 'check',
    run: async (page, _, folder) => {
      await writeFile(join(folder, 'wrong.energy.ts'), wrong);
      await alone(page, 'wrong.energy.ts');
      const squiggle = page.locator('.squiggly-error').first();
      await squiggle.waitFor({ timeout: 90_000 });
      await page.locator('.view-line', { hasText: 'tf.matMul(x, a)' }).locator('span', { hasText: 'matMul' }).last().hover();
      await page.locator('.monaco-hover:visible', { hasText: 'Unblind' }).waitFor();
    },
  },
  {
    name: 'sampling',
    run: async (page) => {
      await alone(page, 'mixingPitfall.energy.ts');
      await runState(await sampleByLens(page, 'Annealed Langevin'), 'Done · Annealed Langevin', 180);
      await giveRoom(page);
    },
  },
  {
    name: 'diagnosis',
    run: async (page) => {
      await diagnoseByLens(page);
    },
  },
  { name: 'line', run: (page) => fitExample(page, 'twoModes') },
  { name: 'rings', run: (page) => fitExample(page, 'rings') },
  {
    name: 'five-dimensions',
    run: async (page, _, folder) => {
      await writeFile(join(folder, 'five.energy.ts'), fiveDimensions);
      await fitExample(page, 'five');
    },
  },
];

/** Enough steps for a picture. */
async function shorten(folder: string): Promise<void> {
  for (const name of ['fourModes', 'rings', 'twoModes']) {
    const file = join(folder, `${name}.energy.ts`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/steps: \d+/, 'steps: 1500'));
  }
}

/** Draws the edge between code and panel to the left, so that the panel shows its wide form. */
async function giveRoom(page: Page): Promise<void> {
  const panel = await page.locator('.editor-group-container').nth(1).boundingBox();
  if (!panel) throw new Error('There is no panel beside the code.');
  const y = panel.y + panel.height / 2;
  await page.mouse.move(panel.x - 1, y);
  await page.mouse.down();
  await page.mouse.move(panel.x - 60, y, { steps: 4 });
  await page.mouse.move(555, y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(900, 20);
}

async function report(page: Page): Promise<void> {
  await runCommand(page, 'Unblind: Compare Runs');
  const rows = page.locator('.quick-input-list .monaco-list-row', { hasText: 'fourModes' });
  await rows.nth(1).waitFor();
  for (const index of [0, 1]) await rows.nth(index).click();
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
  await page.locator('.tab', { hasText: 'Comparison' }).waitFor();
}

async function doctor(page: Page): Promise<void> {
  await runCommand(page, 'Unblind: Show Doctor Report');
  await page.locator('.tab', { hasText: 'Doctor Report' }).waitFor({ timeout: 120_000 });
}

/** Shows a file with nothing beside it. */
async function alone(page: Page, file: string): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await page.locator('.editor-group-container .tab').first().waitFor({ state: 'detached' });
  await runCommand(page, 'View: Show Explorer');
  await openFile(page, file);
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
}

async function fitExample(page: Page, name: string): Promise<void> {
  await alone(page, `${name}.energy.ts`);
  await lens(page, 'Fit EBM with MFD').click();
  const frame = await panelFrame(page);
  await giveRoom(page);
  await runState(frame, 'Done', 240);
}

/**
 * @param pictures the folder that they go to
 * @param names of scenes; all where there is none. Some build on those before them.
 * @returns whether all were taken
 */
export async function takePictures({ page, folder, out, say }: WorldOptions, pictures: string, names: readonly string[]): Promise<boolean> {
  const wanted = scenes.filter(({ name }) => names.length === 0 || names.includes(name));
  const shoot = async (name: string): Promise<void> => {
    // What fades in or out is there or gone by then.
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    say(`  ${name}.png`);
  };
  await mkdir(pictures, { recursive: true });
  await shorten(folder);
  await workbenchThere(page);
  let complete = wanted.length > 0;
  for (const { name, run } of wanted) {
    try {
      await run(page, shoot, folder);
      await shoot(name);
    } catch (error) {
      complete = false;
      say(`  ${name}: ${error instanceof Error ? error.message : String(error)}`);
      await page.screenshot({ path: join(out, `failed-${name}.png`) });
      await page.keyboard.press('Escape');
    }
  }
  return complete;
}
