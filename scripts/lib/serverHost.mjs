/** Runs suites in the extension host of a VS Code server: one server for the suites of equal settings, one browser for all. */

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkspace } from './hostSuites.mjs';
import { root } from './paths.mjs';
import { add } from './totals.mjs';
import { openBrowser, openWorkbench, startServer, viewport } from './workbench.mjs';

/** The longest that the tests of one window may take. */
const windowMilliseconds = 600_000;

/** @typedef {import('./totals.mjs').Totals} Totals */
/** @typedef {import('./hostSuites.mjs').HostSuite} HostSuite */
/** @typedef {import('./workbench.mjs').RunningServer} RunningServer */
/** @typedef {import('playwright-core').BrowserContext} BrowserContext */
/** @typedef {import('playwright-core').Page} Page */

export class ServerHost {
  /** @type {Map<string, Promise<RunningServer>>} */
  #servers = new Map();
  /** @type {Promise<import('playwright-core').Browser> | undefined} */
  #browser;

  /**
   * @param {import('./vscodeHosts.mjs').VscodeHost} host
   * @param {string} out folder with the bundled tests
   */
  constructor(host, out) {
    this.host = host;
    this.out = out;
  }

  /**
   * @param {HostSuite} suite
   * @returns {Promise<Totals>}
   */
  async run(suite) {
    const { name, windows, settings, look } = suite;
    const { port } = await this.#serverFor(settings);
    const { folders, workspace } = await makeWorkspace(suite);
    this.#browser ??= openBrowser();
    const browser = await this.#browser;
    // Windows that are open at once are those of two browsers; one after the other shares what the browser remembers.
    const contexts = await Promise.all((windows[0] ?? []).map(() => browser.newContext({ viewport })));
    try {
      let sum = { passed: 0, failed: 0 };
      for (const together of windows) {
        const open = together.map(async (file, i) => this.#runWindow(await freshPage(contexts[i]), port, workspace, file));
        for (const totals of await Promise.all(open)) sum = add(sum, totals);
      }
      const last = contexts[0]?.pages()[0];
      if (look !== undefined && last !== undefined && sum.failed === 0) sum = add(sum, await this.#look(name, last, look));
      return sum;
    } finally {
      for (const context of contexts) await leave(context).finally(() => context.close());
      for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async stop() {
    await (await this.#browser)?.close();
    for (const server of this.#servers.values()) await (await server).stop();
  }

  /**
   * @param {HostSuite['settings']} settings
   * @returns {Promise<RunningServer>}
   */
  #serverFor(settings) {
    const key = JSON.stringify(settings);
    const server = this.#servers.get(key) ?? startServer(this.host, { settings, log: join(this.out, `server${this.#servers.size}.log`) });
    this.#servers.set(key, server);
    return server;
  }

  /**
   * @param {Page} page
   * @param {number} port
   * @param {string} workspace
   * @param {string} file name of a bundled test file
   * @returns {Promise<Totals>}
   */
  async #runWindow(page, port, workspace, file) {
    /** @type {(code: number | 'timeout') => void} */
    let finish = () => undefined;
    const finished = new Promise((/** @type {typeof finish} */ resolve) => (finish = resolve));
    await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => finish(code));
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _, /** @type {readonly unknown[]} */ values) => {
      const text = values.join(' ');
      if (/^ {2}(ok|FAIL|info) /.test(text)) this.#say(text);
    });
    const tests = join(this.out, `${file}.js`);
    await openWorkbench(page, port, { workspace, extension: root, tests });
    const timer = setTimeout(() => finish('timeout'), windowMilliseconds);
    const code = await finished;
    clearTimeout(timer);
    const totals = await readTotals(`${tests}.json`);
    if (code === 0 && totals.failed === 0) return totals;
    const picture = join(this.out, `${file}.png`);
    await page.screenshot({ path: picture });
    if (code === 'timeout') this.#say(`  FAIL ${file}: no end within ${windowMilliseconds / 1000} s; see ${picture}`);
    return { ...totals, failed: Math.max(1, totals.failed) };
  }

  /** @param {string} text said among what other hosts say */
  #say(text) {
    console.log(`${this.host.version.padEnd(6)}${text}`);
  }

  /**
   * @param {string} name
   * @param {Page} page
   * @param {NonNullable<HostSuite['look']>} look
   * @returns {Promise<Totals>}
   */
  async #look(name, page, look) {
    try {
      await look(page);
      this.#say(`  ok   ${name}: what is seen`);
      return { passed: 1, failed: 0 };
    } catch (error) {
      await page.screenshot({ path: join(this.out, `${name}.png`) });
      this.#say(`  FAIL ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return { passed: 0, failed: 1 };
    }
  }
}

/**
 * @param {BrowserContext | undefined} context
 * @returns {Promise<Page>} the only page of its browser
 */
async function freshPage(context) {
  if (context === undefined) throw new Error('There are more windows later than at first.');
  await leave(context);
  return context.newPage();
}

/**
 * Leaves the pages of a browser as a user does, who goes elsewhere: VS Code says farewell to its server, which then ends the extension host.
 * @param {BrowserContext} context
 */
async function leave(context) {
  for (const page of context.pages()) {
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto('about:blank');
    await page.close();
  }
}

/**
 * @param {string} file what the tests of a window have come to; it is written after each test
 * @returns {Promise<Totals>}
 */
export async function readTotals(file) {
  try {
    const { passed, failed } = JSON.parse(await readFile(file, 'utf8'));
    return { passed, failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
