import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What code does that got out of the context and holds objects of the process; one line for each that worked. */
const attack = `
const held = process, net = require('node:net'), dgram = require('node:dgram'), http = require('node:http');
const port = Number(held.argv[2]), exit = held.exit.bind(held), write = held.stdout.write.bind(held.stdout);
CLOSE
const attempt = (name, run) => { try { if (run() !== undefined) write(name + '\\n'); } catch {} };
attempt('connect', () => net.connect(port, '127.0.0.1').on('error', () => {}));
attempt('http', () => http.get({ port, host: '127.0.0.1' }).on('error', () => {}));
attempt('listen', () => net.createServer().listen(0));
attempt('datagram', () => { const socket = dgram.createSocket('udp4').unref(); socket.send('x', 9, '127.0.0.1'); return socket; });
attempt('binding', () => held.binding('fs'));
attempt('built-in', () => held.getBuiltinModule('fs'));
attempt('main module', () => held.mainModule.require('fs'));
attempt('signal', () => held.kill(held.pid, 0));
attempt('report', () => held.report.getReport());
attempt('global process', () => globalThis.process);
attempt('fetch', () => globalThis.fetch);
setTimeout(() => exit(0), 300);`;

let folder = '';
let connections = 0;
const listener = createServer((socket) => {
  connections++;
  socket.on('error', () => undefined).end();
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unblind-doors-'));
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  listener.close();
  await rm(folder, { recursive: true, force: true });
});

async function whatWorks(close: boolean): Promise<string[]> {
  const outfile = join(folder, `attack-${String(close)}.cjs`);
  const source = `const { closeDoors } = require(${JSON.stringify(resolve('src/energy/sandbox/closeDoors.ts'))});
${attack.replace('CLOSE', close ? 'closeDoors();' : '')}`;
  await build({ stdin: { contents: source, resolveDir: folder }, outfile, bundle: true, platform: 'node' });
  const { port } = listener.address() as { port: number };
  return new Promise((done) => {
    execFile(process.execPath, ['--no-warnings', outfile, String(port)], (_, stdout) =>
      done(stdout.split('\n').filter((line) => line !== '')),
    );
  });
}

it('leaves neither network nor modules nor other processes to code in the process of the sandbox', async () => {
  expect(await whatWorks(true)).toEqual([]);
  expect(connections).toBe(0);
});

it('is what takes them away', async () => {
  expect(await whatWorks(false)).toEqual([
    'connect',
    'http',
    'listen',
    'datagram',
    'binding',
    'built-in',
    'main module',
    'signal',
    'report',
    'global process',
    'fetch',
  ]);
  expect(connections).toBeGreaterThan(0);
});
