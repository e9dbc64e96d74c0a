/**
 * `node scripts/panelPreview.mjs [--out DIR] [--screenshots]`: the panel's page without VS Code, one HTML file for each scenario and theme;
 * with screenshots of them at three widths, taken by Chromium.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumOptions } from './lib/chromiumOptions.mjs';
import { root } from './lib/paths.mjs';
import { previewPage } from './lib/previewPage.mjs';
import { main, ScriptError } from './lib/run.mjs';

const scenarios = [
  'live',
  'compare',
  'line',
  'space',
  'empty',
  'starting',
  'error',
  'badInput',
  'slice',
  'sliceLive',
  'sliceRefused',
  'wide',
  'executors',
  'notFinite',
  'lineStored',
  'lineBare',
  'images',
];
const themes = ['dark', 'light', 'contrast', 'contrast-light'];
const sizes = [
  { width: 720, height: 1000 },
  { width: 1200, height: 900 },
  { width: 400, height: 900 },
];

await main(async () => {
  const args = process.argv.slice(2);
  const out = resolve(args.includes('--out') ? (args[args.indexOf('--out') + 1] ?? '') : join(root, '.cache/preview'));
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1]?.split(',') : undefined;
  const unknown = args.find((argument) => argument.startsWith('--') && !['--out', '--only', '--screenshots'].includes(argument));
  if (unknown !== undefined) throw new ScriptError(`Unknown option ${unknown}; known are --out, --only and --screenshots.`);
  await mkdir(out, { recursive: true });
  const browser = args.includes('--screenshots') ? await chromium.launch(chromiumOptions) : undefined;
  for (const scenario of scenarios) {
    for (const theme of themes) {
      const name = `${scenario}-${theme}`;
      if (only && !only.some((wanted) => name.startsWith(wanted))) continue;
      const file = join(out, `${name}.html`);
      await writeFile(file, await previewPage({ scenario, theme }));
      for (const size of browser ? sizes : []) {
        const page = await browser?.newPage({ viewport: size });
        page?.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.error(`${name}: ${message.text()}`));
        page?.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
        await page?.goto(pathToFileURL(file).href);
        await page?.waitForTimeout(700);
        await page?.screenshot({ path: join(out, `${name}-${size.width}.png`) });
        await page?.close();
      }
    }
  }
  await browser?.close();
  console.log(out);
  return 0;
});
