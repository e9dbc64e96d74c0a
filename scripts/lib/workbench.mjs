/** Starts a VS Code server and opens its workbench in headless Chromium. */

import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumOptions } from './chromiumOptions.mjs';
import { ScriptError } from './run.mjs';
import { findChromium } from './systemPackages.mjs';

/** Settings that keep the workbench quiet. */
export const quietSettings = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'files.simpleDialog.enable': true,
  // As on the desktop; in a browser VS Code saves by itself after a second.
  'files.autoSave': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'window.commandCenter': false,
  'editor.accessibilitySupport': 'off',
  // A test's runs end with its window.
  'unblind.runs.onClose': 'stop',
};

/** Built-in extensions that reach for the network or slow the start. None with a browser entry: the workbench would look for that one. */
const skipped = [
  'GitHub.copilot-chat',
  'vscode.git',
  'vscode.github',
  'vscode.microsoft-authentication',
  'vscode.tunnel-forwarding',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'vscode.debug-auto-launch',
  'vscode.gulp',
  'vscode.grunt',
  'vscode.jake',
  'vscode.terminal-suggest',
];

const startMilliseconds = 60_000;

/** @typedef {import('./vscodeHosts.mjs').VscodeHost} VscodeHost */

/**
 * @typedef {object} RunningServer
 * @property {number} port
 * @property {number} pid
 * @property {Promise<unknown>} ended settles once the server is gone
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} ServerOptions
 * @property {Readonly<Record<string, unknown>>} [settings] the user's, beside the quiet ones
 * @property {string} [data] the server's data directory, kept; by default a new one that is removed at the end
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} log file for what the server says
 */

/**
 * Starts a server on a free port of 127.0.0.1. It ends with this process at the latest.
 * @param {VscodeHost} host
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startServer(host, { settings = {}, data, env = {}, log }) {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'unblind-vscode-')));
  await mkdir(join(folder, 'data/User'), { recursive: true });
  const settingsFile = join(folder, 'data/User/settings.json');
  if (!existsSync(settingsFile)) await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const place = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--server-data-dir', folder];
  const child = spawn(host.node, [host.main, ...place, '--accept-server-license-terms', '--telemetry-level', 'off'], {
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', VSCODE_SKIP_BUILTIN_EXTENSIONS: skipped.join(','), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  /** @param {NodeJS.Signals} signal */
  const signalGroup = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It is gone already.
    }
  };
  const endWithUs = () => signalGroup('SIGKILL');
  process.once('exit', endWithUs);
  const stop = async () => {
    signalGroup('SIGTERM');
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    signalGroup('SIGKILL');
    process.off('exit', endWithUs);
    if (data === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { port: await portOf(child, log), pid: child.pid ?? 0, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} log
 * @returns {Promise<number>}
 */
function portOf(child, log) {
  const file = createWriteStream(log);
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ScriptError(`The VS Code server did not start; see ${log}.`)), startMilliseconds);
    const take = (/** @type {Buffer} */ chunk) => {
      file.write(chunk);
      text = (text + chunk.toString('utf8')).slice(-10_000);
      const port = /Extension host agent listening on (\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', (code) => reject(new ScriptError(`The VS Code server ended with status ${code}; see ${log}.`)));
  });
}

/** @returns {Promise<import('playwright-core').Browser>} headless Chromium */
export async function openBrowser() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new ScriptError('The tests in VS Code need Chromium: run npm run setup.');
  return chromium.launch({ ...chromiumOptions, executablePath, headless: true });
}

/** The size of a window. */
export const viewport = { width: 1440, height: 900 };

/** Runs in the page, before the workbench's module: puts the options into its configuration element. */
const handOver = `(options) => {
  if (window !== window.top) return;
  document.addEventListener('readystatechange', () => {
    const element = document.readyState === 'interactive' && document.getElementById('vscode-workbench-web-configuration');
    if (!element) return;
    const configuration = JSON.parse(element.dataset.settings);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    delete configuration.productConfiguration.extensionsGallery;
    delete configuration.productConfiguration.serviceWorker;
    element.dataset.settings = JSON.stringify(configuration);
  });
}`;

/**
 * Opens the workbench. Extensions under development and tests are handed over in its configuration element, before its module runs.
 * @param {import('playwright-core').Page} page
 * @param {number} port
 * @param {{ readonly workspace: string, readonly extension: string, readonly tests?: string }} options absolute paths; the workspace is a folder or a file *.code-workspace
 */
export async function openWorkbench(page, port, { workspace, extension, tests }) {
  const authority = `127.0.0.1:${port}`;
  const uri = (/** @type {string} */ path) => ({ scheme: 'vscode-remote', authority, path });
  const developmentOptions = { extensions: [uri(extension)], ...(tests !== undefined && { extensionTestsPath: uri(tests) }) };
  await page.addInitScript(`(${handOver})(${JSON.stringify(developmentOptions)});`);
  const url = new URL(`http://${authority}/`);
  url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  await page.goto(url.href);
}
