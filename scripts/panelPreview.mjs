/**
 * `node scripts/panelPreview.mjs [--out DIR] [--only NAMES] [--screenshots] [--widths PIXELS] [--full]`: the panel's page without VS Code, one HTML
 * file for each scenario and theme; with screenshots of them at three widths, taken by Chromium, of the whole page with --full.
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
  'lookingOn',
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
  'sampleLive',
  'sampleDone',
  'sampleLine',
  'sampleSpace',
  'sampleError',
  'sampleEmpty',
  'diagnosisBlind',
  'diagnosisSees',
  'diagnosisFixed',
  'diagnosisCannotTell',
  'diagnosisLine',
  'diagnosisStored',
  'diagnosisBusy',
  'diagnosisFailed',
  'diagnosisEmpty',
];
const themes = ['dark', 'light', 'contrast', 'contrast-light'];
const sizes = [
  { width: 720, height: 1000 },
  { width: 1200, height: 900 },
  { width: 400, height: 900 },
];

const known = ['--out', '--only', '--screenshots', '--widths', '--full'];

await main(async () => {
  const args = process.argv.slice(2);
  const out = resolve(args.includes('--out') ? (args[args.indexOf('--out') + 1] ?? '') : join(root, '.cache/preview'));
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1]?.split(',') : undefined;
  const widths = args.includes('--widths') ? args[args.indexOf('--widths') + 1]?.split(',').map(Number) : undefined;
  const shown = widths ? widths.map((width) => ({ width, height: 1000 })) : sizes;
  const unknown = args.find((argument) => argument.startsWith('--') && !known.includes(argument));
  if (unknown !== undefined) throw new ScriptError(`Unknown option ${unknown}; known are ${known.join(', ')}.`);
  await mkdir(out, { recursive: true });
  const browser = args.includes('--screenshots') ? await chromium.launch(chromiumOptions) : undefined;
  for (const scenario of scenarios) {
    for (const theme of themes) {
      const name = `${scenario}-${theme}`;
      if (only && !only.some((wanted) => name.startsWith(wanted))) continue;
      const file = join(out, `${name}.html`);
      await writeFile(file, await previewPage({ scenario, theme }));
      for (const size of browser ? shown : []) {
        const page = await browser?.newPage({ viewport: size });
        page?.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.error(`${name}: ${message.text()}`));
        page?.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
        await page?.goto(pathToFileURL(file).href);
        await page?.waitForTimeout(700);
        await page?.screenshot({ path: join(out, `${name}-${size.width}.png`), fullPage: args.includes('--full') });
        await page?.close();
      }
    }
  }
  await browser?.close();
  console.log(out);
  return 0;
});
