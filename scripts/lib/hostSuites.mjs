/** What is tested inside VS Code. */

import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {object} HostSuite
 * @property {string} name
 * @property {readonly (readonly string[])[]} windows files of test/host, each for a window of its own: those of one list are open at once,
 *   the lists one after the other on the same workspace, as after a reload
 * @property {Readonly<Record<string, unknown>>} settings the user's, beside the quiet ones
 * @property {boolean} [twoFolders] a workspace of two folders instead of one folder
 * @property {(page: import('playwright-core').Page) => Promise<void>} [look] looks at the last window after its tests, and throws where something is wrong
 */

/** Spares each fit the measurement of which executor is the fastest, where that is not what is tested. */
const fixedExecutor = { 'unblind.executor': 'onnx' };

/** @type {readonly HostSuite[]} */
export const hostSuites = [
  { name: 'fits', windows: [['fits']], settings: {} },
  { name: 'commands', windows: [['commands']], settings: {} },
  { name: 'writing', windows: [['writing']], settings: {} },
  { name: 'badInput', windows: [['badInput']], settings: fixedExecutor },
  { name: 'crashes', windows: [['crashes']], settings: fixedExecutor },
  { name: 'sampleAndDiagnose', windows: [['sampleAndDiagnose']], settings: fixedExecutor },
  { name: 'twoFolders', windows: [['twoFolders']], settings: fixedExecutor, twoFolders: true },
  { name: 'twoWindows', windows: [['oneWindow', 'otherWindow']], settings: fixedExecutor },
  {
    name: 'reload',
    windows: [['beforeReload'], ['afterReload']],
    settings: { ...fixedExecutor, 'unblind.runs.onClose': 'keepRunning' },
    look: (page) => panelHas(page, /quick/),
  },
  {
    name: 'untrusted',
    windows: [['untrusted']],
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
    look: (page) => panelHas(page, /run only in a trusted workspace/),
  },
];

/** All files of test/host that run in a window. */
export const hostTestFiles = hostSuites.flatMap(({ windows }) => windows.flat());

/**
 * A fresh copy of test/fixtures/workspace. Its name has a blank and letters beyond ASCII: paths must bear that.
 * @param {HostSuite} suite
 * @returns {Promise<{ readonly folders: readonly string[], readonly workspace: string }>} what to remove at the end, and what to open
 */
export async function makeWorkspace({ twoFolders = false }) {
  const make = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unblind énergie '));
    await cp(join(root, 'test/fixtures/workspace'), folder, { recursive: true });
    return folder;
  };
  const first = await make();
  if (!twoFolders) return { folders: [first], workspace: first };
  const second = await make();
  const workspace = join(first, `${basename(first)}.code-workspace`);
  await writeFile(workspace, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
  return { folders: [first, second], workspace };
}

const lookMilliseconds = 60_000;

/**
 * Waits until the page of a panel has something in it, a tooltip included. A webview is two frames inside each other, found by their content.
 * @param {import('playwright-core').Page} page
 * @param {RegExp} words
 */
async function panelHas(page, words) {
  const end = Date.now() + lookMilliseconds;
  let texts = '';
  while (Date.now() < end) {
    const inner = page.frames().filter((frame) => frame !== page.mainFrame());
    // A frame may go while it is asked.
    texts = (await Promise.all(inner.map((frame) => frame.content().catch(() => '')))).join('\n');
    if (words.test(texts)) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`No panel has ${String(words)} within ${lookMilliseconds / 1000} s; they have: ${texts.slice(-500)}`);
}
