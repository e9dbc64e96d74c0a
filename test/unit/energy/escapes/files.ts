import type { Escape } from './escape';

/** Node's modules for files, processes and the network, by every way that leads to one. */
export const modules: readonly Escape[] = [
  { name: 'fs', effect: 'write', imports: `import fs from 'node:fs';`, code: `fs.writeFileSync(proof, 'x');` },
  { name: 'fs-promises', effect: 'write', imports: `import { writeFile } from 'fs/promises';`, code: `await writeFile(proof, 'x');` },
  { name: 'fs-read', effect: 'read', imports: `import * as fs from 'fs';`, code: `leak(fs.readFileSync(secret + 'secret.txt'));` },
  {
    name: 'child-process',
    effect: 'write',
    imports: `import { execFileSync } from 'node:child_process';`,
    code: `execFileSync('touch', [proof]);`,
  },
  {
    name: 'net',
    effect: 'connect',
    imports: `import net from 'node:net';`,
    code: `net.connect(port, '127.0.0.1').on('connect', function () { this.end(); });`,
  },
  { name: 'http', effect: 'connect', imports: `import http from 'http';`, code: `http.get({ port }).on('error', () => {});` },
  {
    name: 'worker',
    effect: 'write',
    imports: `import { Worker } from 'node:worker_threads';`,
    code: `new Worker('process.getBuiltinModule("fs").writeFileSync(' + JSON.stringify(proof) + ', "x")', { eval: true });`,
  },
  {
    name: 'create-require',
    effect: 'write',
    imports: `import { createRequire } from 'node:module';`,
    code: `createRequire(proof)('fs').writeFileSync(proof, 'x');`,
  },
  { name: 'import-constant', effect: 'write', code: `(await import('node:fs')).writeFileSync(proof, 'x');` },
  {
    name: 'import-computed',
    effect: 'write',
    code: `const fs = 'node:f' + 's'; import(fs).then((m) => m.writeFileSync(proof, 'x'), (error) => leak(error));`,
  },
  { name: 'import-own-url', effect: 'read', code: `import(secret + 'secret.js').then((m) => leak(m.default), leak);` },
  {
    name: 'import-source',
    effect: 'write',
    control: false,
    code: `const fs = 'f' + 's'; import.source(fs).then((m) => m.writeFileSync(proof, 'x'), leak);`,
  },
  {
    name: 'import-meta',
    effect: 'read',
    code: `leak(process.getBuiltinModule('fs').readFileSync(new URL(secret + 'secret.txt', import.meta.url)));`,
  },
  {
    name: 'require-hidden',
    effect: 'write',
    control: false,
    code: `quietly(() => { const load = require; load('fs').writeFileSync(proof, 'x'); });`,
  },
];

/** The process object, and what hangs on it. */
export const processes: readonly Escape[] = [
  { name: 'process-builtin', effect: 'write', code: `quietly(() => process.getBuiltinModule('fs').writeFileSync(proof, 'x'));` },
  {
    name: 'process-binding',
    effect: 'write',
    code: `quietly(() => { const { spawn_sync } = { spawn_sync: process.binding('spawn_sync') };
spawn_sync.spawn({ file: 'touch', args: ['touch', proof], envPairs: ['PATH=/usr/bin:/bin'], stdio: [] }); });`,
  },
  { name: 'environment', effect: 'read', code: `quietly(() => leak(JSON.stringify(process.env)));` },
  { name: 'define-environment', effect: 'read', code: `quietly(() => leak(process.env.UNBLIND_SECRET));` },
  {
    name: 'dlopen',
    effect: 'write',
    control: false,
    code: `quietly(() => process.dlopen({ exports: {} }, secret + 'secret.node'));`,
  },
  { name: 'fetch', effect: 'connect', code: `quietly(() => fetch('http://127.0.0.1:' + port).catch(() => {}));` },
  {
    name: 'web-socket',
    effect: 'connect',
    control: false,
    code: `quietly(() => new WebSocket('ws://127.0.0.1:' + port));`,
  },
  {
    name: 'tfjs-platform',
    effect: 'connect',
    control: false,
    imports: `import * as tf from '@tensorflow/tfjs';`,
    code: `quietly(() => tf.env().platform.fetch('http://127.0.0.1:' + port).catch(() => {}));
quietly(() => tf.loadLayersModel('http://127.0.0.1:' + port + '/model.json').catch(() => {}));`,
  },
];
