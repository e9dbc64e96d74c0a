/** Shuts what code would look for that got out of the context: the permission model denies files and processes, but not the network. */

import { Socket as UdpSocket } from 'node:dgram';
import { Server, Socket } from 'node:net';

const globals = ['process', 'fetch', 'WebSocket', 'EventSource', 'Buffer', 'navigator', 'BroadcastChannel', 'MessageChannel', 'global'];

/** Ways from the process object to modules of Node.js, and to other processes. */
const ways = ['binding', '_linkedBinding', 'getBuiltinModule', 'mainModule', 'dlopen', 'kill', '_kill', '_debugProcess', 'report'];

function refuse(): never {
  throw new Error('The sandbox has no network.');
}

/** Cannot be undone. Messages to the parent go on: they pass through none of these. */
export function closeDoors(): void {
  for (const name of ways) Object.defineProperty(process, name, { value: undefined, writable: false, configurable: false });
  const methods: readonly [object, readonly string[]][] = [
    [Socket.prototype, ['connect']],
    [Server.prototype, ['listen']],
    [UdpSocket.prototype, ['bind', 'connect', 'send']],
  ];
  for (const [prototype, names] of methods)
    for (const name of names) Object.defineProperty(prototype, name, { value: refuse, writable: false, configurable: false });
  for (const name of globals) Reflect.deleteProperty(globalThis, name);
}
