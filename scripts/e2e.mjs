/**
 * `npm run test:e2e`: what a user does, from the lens to the comparison, in a real VS Code in a real browser, on a copy of the examples.
 * The last line is `N passed, N failed`. Needs a build. `--screenshots [SCENE...]` takes the pictures of docs/images instead.
 */

import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from './lib/paths.mjs';
import { isMain, main, ScriptError } from './lib/run.mjs';
import { summary } from './lib/totals.mjs';
import { newestHost } from './lib/vscodeHosts.mjs';
import { ensureVscodeServers } from './lib/vscodeServer.mjs';
import { openBrowser, openWorkbench, startServer } from './lib/workbench.mjs';

/** @typedef {import('../test/e2e/main')} Stories */

const out = join(root, '.cache/e2e');
const size = { width: 1600, height: 1000 };

/** The theme is part of the pictures, and the tests change it. */
const settings = { 'workbench.colorTheme': 'Dark 2026', 'editor.minimap.enabled': false };

/** @returns {Promise<Stories>} */
async function bundleStories() {
  const outfile = join(out, 'main.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * Opens a window on a copy of the examples.
 * @template T
 * @param {(window: import('../test/e2e/lib/world').WorldOptions) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function inWindow(use) {
  await ensureVscodeServers([newestHost]);
  const home = await mkdtemp(join(tmpdir(), 'unblind-e2e-'));
  const folder = join(home, 'examples');
  await cp(join(root, 'examples'), folder, { recursive: true, filter: (path) => !path.endsWith('.unblind') });
  // A window for development starts in a colour theme of the extension under development. The server lies inside this repository: by the
  // repository's own path its built-in themes would be taken for the extension's, and the theme of the settings would be ignored.
  const extension = join(home, 'extension');
  await symlink(root, extension);
  const server = await startServer(newestHost, { settings, log: join(out, 'server.log') });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: size });
    page.setDefaultTimeout(60_000);
    await openWorkbench(page, server.port, { workspace: folder, extension });
    return await use({ page, folder, out, say: (line) => console.log(line) });
  } finally {
    await browser.close();
    await server.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns {Promise<import('./lib/totals.mjs').Totals>} */
export async function endToEnd() {
  await mkdir(out, { recursive: true });
  const { tellAll } = await bundleStories();
  return inWindow(tellAll);
}

/**
 * Takes the pictures of the documentation.
 * @param {readonly string[]} names of scenes; all where there is none
 */
async function screenshots(names) {
  await mkdir(out, { recursive: true });
  const { takePictures } = await bundleStories();
  return inWindow((window) => takePictures(window, join(root, 'docs/images'), names));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [flag, ...names] = process.argv.slice(2);
    if (flag === '--screenshots') return (await screenshots(names)) ? 0 : 1;
    if (flag !== undefined) throw new ScriptError('Usage: npm run test:e2e -- [--screenshots [SCENE...]]');
    const totals = await endToEnd();
    console.log(summary(totals));
    return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
  });
}
