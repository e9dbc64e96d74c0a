/** tfjs back ends that need no device: plain JavaScript and WebAssembly. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { ExecutorError } from '../executor';
import { core, firstLine } from './core';
import { TfjsExecutor } from './tfjsExecutor';

export async function cpu(): Promise<TfjsExecutor> {
  const tf = await core();
  await import('@tensorflow/tfjs-backend-cpu');
  return new TfjsExecutor('tfjs-cpu', `tfjs ${tf.version_core}, plain JavaScript`, tf, 'cpu');
}

/** The folder with tfjs's WebAssembly binaries: beside the bundle, else in node_modules. */
function wasmFolder(): string {
  const beside = join(__dirname, 'wasm');
  if (existsSync(beside)) return beside + sep;
  return dirname(createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep;
}

export async function wasm(): Promise<TfjsExecutor> {
  const tf = await core();
  try {
    const backend = await import('@tensorflow/tfjs-backend-wasm');
    backend.setWasmPaths(wasmFolder());
    if (!(await tf.setBackend('wasm'))) throw new Error('its initialisation failed');
  } catch (error) {
    throw new ExecutorError(
      'tfjs-wasm',
      'absent',
      `tfjs's WebAssembly back end does not start here (${firstLine(error)}); choose executor onnx`,
    );
  }
  return new TfjsExecutor('tfjs-wasm', `tfjs ${tf.version_core}, WebAssembly SIMD`, tf, 'wasm');
}
