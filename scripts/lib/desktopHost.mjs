/** Runs suites in the VS Code of the desktop, where it can be downloaded. */

import { mkdtemp, rm, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { makeWorkspace } from './hostSuites.mjs';
import { root } from './paths.mjs';
import { ScriptError } from './run.mjs';
import { readTotals } from './serverHost.mjs';
import { add } from './totals.mjs';
import { quietSettings } from './workbench.mjs';

/** @typedef {import('./totals.mjs').Totals} Totals */

/** @returns {Promise<string>} the program */
export async function downloadDesktop() {
  try {
    return await downloadAndUnzipVSCode({
      cachePath: join(root, '.cache/vscode-desktop'),
      extensionDevelopmentPath: root,
      reporter: new SilentReporter(),
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ScriptError(
      `VS Code for the desktop cannot be downloaded (${reason}); npm run test:host without --host needs only the npm registry.`,
    );
  }
}

/**
 * Windows that belong together share the workspace; those that come after one another also share what VS Code remembers.
 * @param {string} executable
 * @param {import('./hostSuites.mjs').HostSuite} suite
 * @param {string} out folder with the bundled tests
 * @returns {Promise<Totals>}
 */
export async function desktopSuite(executable, suite, out) {
  const { folders, workspace } = await makeWorkspace(suite);
  const places = await Promise.all((suite.windows[0] ?? []).map(() => userData(suite.settings)));
  try {
    let sum = { passed: 0, failed: 0 };
    for (const together of suite.windows) {
      const all = together.map(async (file, i) => runWindow(executable, workspace, places[i] ?? '', join(out, `${file}.js`)));
      for (const totals of await Promise.all(all)) sum = add(sum, totals);
    }
    return sum;
  } finally {
    for (const folder of [...folders, ...places]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {Readonly<Record<string, unknown>>} settings
 * @returns {Promise<string>} a new folder for what VS Code remembers
 */
async function userData(settings) {
  const folder = await mkdtemp(join(tmpdir(), 'unblind-code-'));
  await mkdir(join(folder, 'User'), { recursive: true });
  await writeFile(join(folder, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  return folder;
}

/**
 * @param {string} vscodeExecutablePath
 * @param {string} workspace
 * @param {string} data
 * @param {string} tests
 * @returns {Promise<Totals>}
 */
async function runWindow(vscodeExecutablePath, workspace, data, tests) {
  const launchArgs = [workspace, '--user-data-dir', data, '--disable-extensions', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const failed = await runTests({ vscodeExecutablePath, extensionDevelopmentPath: root, extensionTestsPath: tests, launchArgs }).then(
    () => false,
    () => true,
  );
  const totals = await readTotals(`${tests}.json`);
  return failed ? { ...totals, failed: Math.max(1, totals.failed) } : totals;
}
