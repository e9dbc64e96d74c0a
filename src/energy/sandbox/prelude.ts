/** What is in the bare context before the user's bundle: tfjs on the tracing back end, and the module unblind. */

import { printed } from './platform';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-backend-cpu';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { Random } from '../../shared/random';
import * as unblind from '../unblind';
import { registerTraceBackend, traceBackendName } from '../trace/backend';
import { Chance } from '../trace/chance';
import { Locator } from '../trace/position';
import { installGuards } from './guards';
import { bundleName, preludeGlobal, type RunOptions } from './protocol';
import { runFile } from './runFile';
import { decodeUtf8, encodeUtf8 } from './utf8';

const typedArrays = [Float32Array, Int32Array, Uint8Array, Uint8ClampedArray];

core.env().setPlatform('unblind', {
  fetch: () => Promise.reject(new Error('An energy file has no network; use data.csv and its like for data.')),
  now: () => Date.now(),
  encode: (text) => encodeUtf8(text),
  decode: (bytes) => decodeUtf8(bytes),
  isTypedArray: (a): a is Float32Array => typedArrays.some((type) => a instanceof type),
});

// A layer's call stands many frames above the user's code.
Error.stackTraceLimit = 200;

// Memory and waiting that no energy needs. Without them, all memory of the file is that of its own objects.
for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry']) Reflect.deleteProperty(globalThis, name);

const backend = registerTraceBackend();
void core.setBackend(traceBackendName);
installGuards(backend);

/** Runs the bundle and traces it; the options are JSON, so that no object of the process comes in. */
function run(load: () => unknown, options: string): string {
  const parsed = JSON.parse(options) as RunOptions;
  const chance = new Chance(new Random(parsed.seed).split('Math.random'));
  Math.random = () => chance.uniform();
  return runFile({ backend, locator: new Locator(bundleName), chance }, load, parsed);
}

Object.defineProperty(globalThis, preludeGlobal, {
  value: Object.freeze({ run, unblind, tf: Object.freeze({ ...core, ...layers }), printed }),
});
