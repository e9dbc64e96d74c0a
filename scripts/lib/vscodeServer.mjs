/**
 * Installs the VS Code servers of the tests into .cache/vscode-server, apart from the extension's packages: the Node.js
 * that a server runs on would otherwise take over `npm run`.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, ScriptError } from './run.mjs';
import { findProgram } from './systemPackages.mjs';
import { whyNoVscodeServer } from './vscodeHosts.mjs';

/** @typedef {import('./vscodeHosts.mjs').VscodeHost} VscodeHost */

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];

/** The packages inside code-server come with a shrinkwrap that lacks a peer, which plain `npm ci` refuses. */
const inside = ['ci', '--omit=dev', '--legacy-peer-deps', ...quiet];

/** Modules of the server that npm brings as sources. Without them it works, but writes no log. */
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];

/**
 * Installs the servers that are not there yet, at once.
 * @param {readonly VscodeHost[]} hosts
 */
export async function ensureVscodeServers(hosts) {
  const reason = whyNoVscodeServer();
  if (reason !== undefined) throw new ScriptError(reason);
  await Promise.all(hosts.map(ensureVscodeServer));
}

/** @param {VscodeHost} host installed where the stamp of its lock and this file is not there */
async function ensureVscodeServer(host) {
  const { version, lockFolder, folder, server } = host;
  const stamp = join(folder, 'ready');
  const key = await stampKey(lockFolder);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === key) return;
  console.log(`Installing the VS Code ${version} server of the tests into .cache/vscode-server (about half a minute).`);
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) await copyFile(join(lockFolder, name), join(folder, name));
  await npm(host, folder, ['ci', ...quiet]);
  await Promise.all([
    // Opening a TypeScript file needs the compiler, which is a package of the extensions.
    npm(host, join(server, 'extensions'), inside),
    npm(host, server, inside).then(() => Promise.all(nativeModules.map((name) => compile(host, name)))),
  ]);
  await linkRipgrep(server);
  await writeFile(stamp, key);
}

/**
 * @param {string} lockFolder
 * @returns {Promise<string>}
 */
async function stampKey(lockFolder) {
  const hash = createHash('sha256');
  for (const part of [join(lockFolder, 'package-lock.json'), fileURLToPath(import.meta.url)]) hash.update(await readFile(part));
  return hash.digest('hex');
}

/**
 * @param {VscodeHost} host
 * @returns {NodeJS.ProcessEnv} an environment in which `node` is the server's own
 */
function environmentOf({ node }) {
  return { PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` };
}

/**
 * @param {VscodeHost} host
 * @param {string} cwd
 * @param {readonly string[]} args
 */
async function npm(host, cwd, args) {
  const { status } = await run('npm', ['--prefix', cwd, ...args], { capture: true, env: environmentOf(host) });
  if (status !== 0) throw new ScriptError(`npm ${args[0] ?? ''} in ${cwd} failed with exit status ${status}.`);
}

/**
 * Compiles a native module of the server; a failure is only told.
 * @param {VscodeHost} host
 * @param {string} name
 */
async function compile(host, name) {
  const module = join(host.server, 'node_modules', name);
  if (!existsSync(module) || (await hasBinary(module))) return;
  const gyp = await nodeGyp();
  const args = [gyp, 'rebuild', `--nodedir=${host.nodeFolder}`, '--jobs=2', '--loglevel=error', '--directory', module];
  const { status } = existsSync(gyp) ? await run(host.node, args, { capture: true, env: environmentOf(host) }) : { status: 1 };
  if (status !== 0) console.error(`${name} could not be compiled (python3, make and g++ are needed): VS Code will write no log files.`);
}

/** @returns {Promise<string>} npm's own node-gyp */
async function nodeGyp() {
  const { stdout } = await run('npm', ['root', '-g'], { capture: true });
  return join(stdout.trim(), 'npm/node_modules/node-gyp/bin/node-gyp.js');
}

/** @param {string} module */
async function hasBinary(module) {
  const release = join(module, 'build/Release');
  return existsSync(release) && (await readdir(release)).some((name) => name.endsWith('.node'));
}

/**
 * Older servers fetch ripgrep in an install script; the system's does as well.
 * @param {string} server
 */
async function linkRipgrep(server) {
  const folder = join(server, 'node_modules/@vscode/ripgrep');
  const link = join(folder, 'bin/rg');
  if (!existsSync(folder) || existsSync(link)) return;
  const found = findProgram(['rg']);
  if (found === undefined) throw new ScriptError('The tests in VS Code 1.99 need ripgrep: install it (Debian: apt-get install ripgrep).');
  await mkdir(dirname(link), { recursive: true });
  await symlink(found, link);
}
