/** Talks to bench/editor/host.ts, which runs inside VS Code: one line of JSON a request and an answer. */

import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { ScriptError } from '../run.mjs';

/** @typedef {(action: string, args?: Readonly<Record<string, unknown>>) => Promise<any>} Ask */

/**
 * Listens for windows.
 * @param {string} path of the socket
 * @returns {Promise<{ readonly next: () => Promise<Ask>, readonly close: () => void }>} `next` waits for the next window
 */
export async function listen(path) {
  /** @type {Ask[]} */
  const windows = [];
  /** @type {((ask: Ask) => void)[]} */
  const waiting = [];
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    const ask = askOver(socket);
    const first = waiting.shift();
    if (first) first(ask);
    else windows.push(ask);
  });
  await new Promise((resolve) => server.listen(path, () => resolve(undefined)));
  return {
    next: () => {
      const there = windows.shift();
      return there ? Promise.resolve(there) : new Promise((resolve) => waiting.push(resolve));
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/**
 * @param {import('node:net').Socket} socket
 * @returns {Ask}
 */
function askOver(socket) {
  let last = 0;
  /** @type {Map<number, { readonly resolve: (value: unknown) => void, readonly reject: (error: Error) => void }>} */
  const open = new Map();
  createInterface({ input: socket }).on('line', (line) => {
    const { id, value, error } = JSON.parse(line);
    const request = open.get(id);
    open.delete(id);
    if (error === undefined) request?.resolve(value);
    else request?.reject(new ScriptError(error));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const { reject } of open.values()) reject(new ScriptError('The window is gone.'));
  });
  return (action, args = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      open.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ id, action, args })}\n`);
    });
}
