/** A page of the panel in a real browser, under the policy of the panel, with a stand-in for the host. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { chromiumOptions } from '../../../scripts/lib/chromiumOptions.mjs';
import { previewPage } from '../../../scripts/lib/previewPage.mjs';
import type { FromPanel } from '../../../src/shared/panelProtocol';
import type {} from '../../../webview/preview/harness';

let browser: Browser;
let folder: string;
/** The page opened last. */
export let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unblind-panel-'));
  browser = await chromium.launch(chromiumOptions);
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  await page.close();
  expect(complaints.splice(0)).toEqual([]);
});

/** Opens a scenario of the preview, with stored interface state and translated texts. */
export async function open(scenario: string, state?: unknown, width = 720, texts: Readonly<Record<string, string>> = {}): Promise<void> {
  const file = join(folder, `${scenario}.html`);
  await writeFile(file, await previewPage({ scenario, theme: 'dark', texts, ...(state === undefined ? {} : { state }) }));
  page = await browser.newPage({ viewport: { width, height: 1000 } });
  page.on('console', (message) => {
    // The tests themselves read pixels back.
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('willReadFrequently')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => performance.getEntriesByName('unblind-draw').length > 0);
  await settled();
}

/** Two frames of the screen later everything asked for is drawn. */
export async function settled(): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => void requestAnimationFrame(() => void requestAnimationFrame(() => void setTimeout(done, 60)))),
  );
}

/** A number that differs where the picture does, and how many colours it has. */
export function picture(selector: string): Promise<{ readonly sum: number; readonly colours: number }> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector<HTMLCanvasElement>(wanted)!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const words = new Uint32Array(data.buffer);
    let sum = 0;
    for (const [index, word] of words.entries()) sum = (sum + word * ((index % 251) + 1)) % 1_000_000_007;
    return { sum, colours: new Set(words).size };
  }, selector);
}

/** What the page has posted. */
export function received(): Promise<FromPanel[]> {
  return page.evaluate(() => window.unblindPreview.received);
}

/** The last command that the page has posted. */
export async function lastCommand(): Promise<unknown> {
  return (await received()).findLast(({ type }) => type === 'command');
}

/** Sends the picture of a step of the run in two dimensions. */
export async function postFrame(step: number): Promise<void> {
  await page.evaluate(
    (at) => window.unblindPreview.post({ type: 'frame', runId: 'fourModes-mfd', frame: window.unblindPreview.frameAt('plane', 'mfd', at) }),
    step,
  );
  await settled();
}
