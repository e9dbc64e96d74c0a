/**
 * `npm start`: opens examples/ in VS Code with this extension: the desktop's where `code` is on the PATH, else the pinned server,
 * whose address is printed for a browser. `--host server` takes the server in any case. Ctrl+C ends it.
 */

import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { endInOrder, main, must, ScriptError } from './lib/run.mjs';
import { findProgram } from './lib/systemPackages.mjs';
import { vscodeHosts } from './lib/vscodeHosts.mjs';
import { ensureVscodeServers } from './lib/vscodeServer.mjs';
import { setup } from './setup.mjs';

const examples = join(root, 'examples');

/** @returns {boolean} whether the server is asked for */
function wantsServer() {
  const [flag, value, ...rest] = process.argv.slice(2);
  if (flag === undefined) return false;
  if (flag !== '--host' || value !== 'server' || rest.length > 0) throw new ScriptError('Usage: npm start -- [--host server]');
  return true;
}

/**
 * The extension is installed as a link, so that a window that is reloaded has the newest build.
 * @param {string} data the server's data directory
 */
async function linkExtension(data) {
  const extensions = join(data, 'extensions');
  await rm(extensions, { recursive: true, force: true });
  await mkdir(extensions, { recursive: true });
  await symlink(root, join(extensions, 'unblind.unblind'), 'dir');
}

/** Runs the server until it is interrupted. */
async function serve() {
  const host = vscodeHosts.at(-1);
  if (host === undefined) return;
  await ensureVscodeServers([host]);
  // Loaded only now, as it needs packages that the set-up installs.
  const { startServer } = await import('./lib/workbench.mjs');
  const data = join(root, '.cache/start');
  await linkExtension(data);
  endInOrder();
  // The examples are this repository's own: nothing needs to be asked.
  const settings = { 'security.workspace.trust.enabled': false };
  const { port, ended } = await startServer(host, { settings, data, log: join(data, 'server.log') });
  console.log(`VS Code with Unblind: http://127.0.0.1:${port}/?folder=${encodeURIComponent(examples)}`);
  console.log('Ctrl+C ends it.');
  await ended;
}

await main(async () => {
  const server = wantsServer();
  await setup();
  const { build } = await import('./build.mjs');
  await build();
  const code = server ? undefined : findProgram(process.platform === 'win32' ? ['code.cmd'] : ['code']);
  if (code === undefined) await serve();
  else await must('VS Code', code, [`--extensionDevelopmentPath=${root}`, '--new-window', examples]);
  return 0;
});
