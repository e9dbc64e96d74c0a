/**
 * Tests inside a real VS Code: starts the pinned server, opens its workbench in Chromium and runs the suites of test/host
 * in its extension host. The last line is `N passed, N failed`. Needs a build; `--only NAME` runs one suite.
 */

import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './lib/paths.mjs';
import { isMain, main, ScriptError } from './lib/run.mjs';
import { summary } from './lib/totals.mjs';
import { ensureVscodeServer, vscodeServer } from './lib/vscodeServer.mjs';
import { openBrowser, openWorkbench, startServer } from './lib/workbench.mjs';

const out = join(root, '.cache/host-tests');

/** Each suite has a window of its own. A folder's name has a blank and letters beyond ASCII: paths must bear that. */
const suites = [
  { name: 'trusted', settings: {} },
  // In a browser VS Code saves by itself.
  { name: 'writing', settings: { 'files.autoSave': 'off' } },
  {
    name: 'untrusted',
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
  },
];

const suiteMilliseconds = 240_000;

/** @typedef {import('./lib/totals.mjs').Totals} Totals */

/**
 * Runs one suite.
 * @param {{ readonly name: string, readonly settings: Readonly<Record<string, unknown>> }} suite
 * @returns {Promise<Totals>}
 */
async function runSuite({ name, settings }) {
  const results = join(out, `${name}.json`);
  await rm(results, { force: true });
  const workspace = await makeWorkspace();
  const env = { UNBLIND_TEST_RESULTS: results, UNBLIND_TEST_MOCHA: vscodeServer.mocha };
  const server = await startServer({ settings, env, log: join(out, `${name}.server.log`) });
  const { browser, page } = await openBrowser();
  try {
    /** @type {(code: number | 'timeout') => void} */
    let finish = () => undefined;
    const finished = new Promise((/** @type {typeof finish} */ resolve) => (finish = resolve));
    await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => finish(code));
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _, /** @type {readonly unknown[]} */ values) => {
      const text = values.join(' ');
      if (/^ {2}(ok|FAIL|info) /.test(text)) console.log(text);
    });
    await openWorkbench(page, server.port, { folder: workspace, extension: root, tests: join(out, `${name}.js`) });
    const timer = setTimeout(() => finish('timeout'), suiteMilliseconds);
    const code = await finished;
    clearTimeout(timer);
    if (code !== 0) await page.screenshot({ path: join(out, `${name}.png`) });
    if (code === 'timeout') console.log(`  FAIL ${name}: no end within ${suiteMilliseconds / 1000} s; see .cache/host-tests/${name}.png`);
    return await readTotals(results);
  } finally {
    await browser.close();
    await server.stop();
    await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns {Promise<string>} a fresh copy of test/fixtures/workspace */
async function makeWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), 'unblind énergie '));
  await cp(join(root, 'test/fixtures/workspace'), folder, { recursive: true });
  return folder;
}

/**
 * @param {string} file mocha's JSON report
 * @returns {Promise<Totals>}
 */
async function readTotals(file) {
  try {
    const { stats } = JSON.parse(await readFile(file, 'utf8'));
    return { passed: stats.passes, failed: stats.failures };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/**
 * Sets the server up where it is not there, bundles the suites and runs them.
 * @param {string} [only] name of one suite
 * @returns {Promise<Totals>}
 */
export async function hostTests(only) {
  await ensureVscodeServer();
  await mkdir(out, { recursive: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: suites.map(({ name }) => `test/host/${name}.ts`),
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const chosen = suites.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) throw new ScriptError(`There is no suite "${only}"; known are ${suites.map(({ name }) => name).join(', ')}.`);
  let sum = { passed: 0, failed: 0 };
  for (const suite of chosen) {
    const { passed, failed } = await runSuite(suite);
    sum = { passed: sum.passed + passed, failed: sum.failed + failed };
  }
  return sum;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [flag, name, ...rest] = process.argv.slice(2);
    if ((flag !== undefined && (flag !== '--only' || name === undefined)) || rest.length > 0)
      throw new ScriptError('Usage: node scripts/hostTests.mjs [--only NAME]');
    const totals = await hostTests(name);
    console.log(summary(totals));
    return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
  });
}
