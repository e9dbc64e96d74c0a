/**
 * Tests inside a real VS Code: runs the suites of test/host in the extension host of each pinned server, whose workbench is opened
 * in Chromium, or of the desktop's VS Code. The last line is `N passed, N failed`. Needs a build.
 * `--host 1.99|1.139|all|desktop` chooses the host, `--only NAME` one suite.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { desktopSuite, downloadDesktop } from './lib/desktopHost.mjs';
import { hostSuites, hostTestFiles } from './lib/hostSuites.mjs';
import { root } from './lib/paths.mjs';
import { endInOrder, isMain, main, ScriptError } from './lib/run.mjs';
import { ServerHost } from './lib/serverHost.mjs';
import { add, summary } from './lib/totals.mjs';
import { vscodeHosts } from './lib/vscodeHosts.mjs';
import { ensureVscodeServers } from './lib/vscodeServer.mjs';

const usage = `Usage: npm run test:host -- [--host ${vscodeHosts.map(({ version }) => version).join('|')}|all|desktop] [--only NAME]`;

/** @typedef {import('./lib/totals.mjs').Totals} Totals */
/** @typedef {import('./lib/hostSuites.mjs').HostSuite} HostSuite */

/**
 * What VS Code runs for a file of tests: the file is evaluated once the window has its folders, on which it relies.
 * @param {string} name
 * @returns {string}
 */
function entryOf(name) {
  const at = (/** @type {string} */ path) => JSON.stringify(join(root, 'test/host', path));
  return `import { foldersAreThere } from ${at('lib/folders')};
export async function run() {
  await foldersAreThere();
  const tests = await import(${at(name)});
  await tests.run();
}
`;
}

/**
 * Bundles the suites' files into a folder of their own for each host: results are written beside them.
 * @param {string} host
 * @returns {Promise<string>} that folder
 */
async function bundle(host) {
  const out = join(root, '.cache/host-tests', host);
  await rm(out, { recursive: true, force: true });
  const entries = join(out, 'entries');
  await mkdir(entries, { recursive: true });
  for (const name of hostTestFiles) await writeFile(join(entries, `${name}.ts`), entryOf(name));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: hostTestFiles.map((name) => join(entries, `${name}.ts`)),
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return out;
}

/**
 * @param {import('./lib/vscodeHosts.mjs').VscodeHost} host
 * @param {readonly HostSuite[]} suites
 * @returns {Promise<Totals>}
 */
async function runOnServer(host, suites) {
  const running = new ServerHost(host, await bundle(host.version));
  try {
    let sum = { passed: 0, failed: 0 };
    for (const suite of suites) sum = add(sum, await running.run(suite));
    return sum;
  } finally {
    await running.stop();
  }
}

/**
 * @param {readonly HostSuite[]} suites
 * @returns {Promise<Totals>}
 */
async function runOnDesktop(suites) {
  const executable = await downloadDesktop();
  console.log('VS Code on the desktop');
  const out = await bundle('desktop');
  let sum = { passed: 0, failed: 0 };
  for (const suite of suites) sum = add(sum, await desktopSuite(executable, suite, out));
  return sum;
}

/**
 * Installs what is missing and runs the suites.
 * @param {{ readonly host?: string | undefined, readonly only?: string | undefined }} [choice] by default all suites on all servers
 * @returns {Promise<Totals>}
 */
export async function hostTests({ host = 'all', only } = {}) {
  const suites = hostSuites.filter(({ name }) => only === undefined || name === only);
  if (suites.length === 0)
    throw new ScriptError(`There is no suite "${only}"; known are ${hostSuites.map(({ name }) => name).join(', ')}.`);
  if (host === 'desktop') return runOnDesktop(suites);
  const hosts = vscodeHosts.filter(({ version }) => host === 'all' || host === version);
  if (hosts.length === 0) throw new ScriptError(usage);
  await ensureVscodeServers(hosts);
  // At once: much of the time each of them waits.
  const totals = await Promise.all(hosts.map((chosen) => runOnServer(chosen, suites)));
  return totals.reduce(add);
}

/**
 * @param {readonly string[]} args
 * @returns {{ readonly host: string | undefined, readonly only: string | undefined }}
 */
function readArguments(args) {
  const values = new Map(
    /** @type {[string, string | undefined][]} */ ([
      ['--host', undefined],
      ['--only', undefined],
    ]),
  );
  for (let i = 0; i < args.length; i += 2) {
    const [flag = '', value] = args.slice(i, i + 2);
    if (!values.has(flag) || value === undefined) throw new ScriptError(usage);
    values.set(flag, value);
  }
  return { host: values.get('--host'), only: values.get('--only') };
}

if (isMain(import.meta.url)) {
  endInOrder();
  await main(async () => {
    const totals = await hostTests(readArguments(process.argv.slice(2)));
    console.log(summary(totals));
    return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
  });
}
