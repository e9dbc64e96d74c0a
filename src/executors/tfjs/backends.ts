/** The tfjs back ends that run in Node, each made ready and refused with a reason where it cannot be had. */

import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import type { Tfjs } from '../../graph/primitive';
import { ExecutorError } from '../executor';
import { TfjsExecutor } from './tfjsExecutor';

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
}

async function core(): Promise<Tfjs> {
  const tf = await import('@tensorflow/tfjs-core');
  // tfjs prints advice about faster back ends on the console of whoever uses it.
  tf.env().set('IS_TEST', true);
  return tf;
}

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

interface AdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
}

/** What a WebGPU adapter is called; software renderers say so. */
export interface Adapter {
  readonly name: string;
  readonly software: boolean;
}

/** The adapter's name, with a warning where it is no hardware. */
export function adapterTitle({ name, software }: Adapter): string {
  return `${name}${software ? ' (software, not a GPU)' : ''}`;
}

let adapter: Promise<Adapter | undefined> | undefined;

const linuxLibraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/lib64',
  '/usr/local/lib',
];

const driverFolders = [
  '/usr/share/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
  '/etc/vulkan/icd.d',
  join(homedir(), '.local/share/vulkan/icd.d'),
];

/** Whether Dawn can find a graphics API: without a Vulkan loader and driver it writes warnings over the user's terminal. */
function graphicsDriverPresent(): boolean {
  if (process.platform !== 'linux') return true;
  const extra = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter(Boolean);
  const loader = [...extra, ...linuxLibraryFolders].some((folder) => existsSync(join(folder, 'libvulkan.so.1')));
  const named = process.env['VK_ICD_FILENAMES'] !== undefined || process.env['VK_DRIVER_FILES'] !== undefined;
  return loader && (named || driverFolders.some((folder) => existsSync(folder) && readdirSync(folder).length > 0));
}

async function openAdapter(): Promise<Adapter | undefined> {
  if (!graphicsDriverPresent()) return undefined;
  let dawn: { create(flags: string[]): unknown; globals: object };
  try {
    dawn = await import('webgpu');
  } catch {
    return undefined;
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]) as { requestAdapter(): Promise<{ info?: AdapterInfo } | null> };
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  const found = await gpu.requestAdapter();
  if (!found) return undefined;
  const { vendor = '', architecture = '', device = '', description = '' } = found.info ?? {};
  const name = [vendor, architecture, description || device].filter(Boolean).join(' ') || 'unnamed adapter';
  return { name, software: /swiftshader|llvmpipe|lavapipe|software/i.test(name) };
}

/** The WebGPU adapter of this machine, asked for once; undefined where there is none. */
export function webgpuAdapter(): Promise<Adapter | undefined> {
  return (adapter ??= openAdapter());
}

export async function webgpu(): Promise<TfjsExecutor> {
  const found = await webgpuAdapter();
  if (!found) {
    throw new ExecutorError(
      'tfjs-webgpu',
      'no-device',
      'no WebGPU device was found (no graphics driver with Vulkan, Metal or Direct3D 12, or the package webgpu is not installed); choose executor onnx',
    );
  }
  const tf = await core();
  try {
    await import('@tensorflow/tfjs-backend-webgpu');
    // Small tensors would silently be computed on the CPU.
    tf.env().set('WEBGPU_CPU_FORWARD', false);
    if (!(await tf.setBackend('webgpu'))) throw new Error('its initialisation failed');
  } catch (error) {
    throw new ExecutorError(
      'tfjs-webgpu',
      'failed',
      `tfjs's WebGPU back end does not start on ${found.name} (${firstLine(error)}); choose executor onnx`,
    );
  }
  return new TfjsExecutor('tfjs-webgpu', `tfjs ${tf.version_core}, WebGPU on ${adapterTitle(found)}`, tf, 'webgpu');
}

/** Functions that Node 23 dropped and tfjs-node 4.22 still calls. */
function restoreUtilities(require: NodeJS.Require): void {
  const util = require('node:util') as { isNullOrUndefined?: (v: unknown) => boolean; isArray?: (v: unknown) => boolean };
  util.isNullOrUndefined ??= (v) => v === null || v === undefined;
  util.isArray ??= Array.isArray;
}

/** TensorFlow's own library through tfjs-node, if the user installed it: it is looked for from `from`, then beside Unblind. */
export async function tensorflow(from: string = process.cwd()): Promise<TfjsExecutor> {
  for (const base of [join(from, 'package.json'), __filename]) {
    const require = createRequire(base);
    for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
      let path: string;
      try {
        path = require.resolve(name);
      } catch {
        continue;
      }
      try {
        restoreUtilities(require);
        const tf = require(path) as Tfjs & { version: Record<string, string> };
        if (!(await tf.setBackend('tensorflow'))) throw new Error('its initialisation failed');
        return new TfjsExecutor('tfjs-tensorflow', `${name} ${tf.version['tfjs-node'] ?? tf.version_core}`, tf, 'tensorflow');
      } catch (error) {
        throw new ExecutorError(
          'tfjs-tensorflow',
          'failed',
          `${name} is installed but does not load (${firstLine(error)}); reinstall it, or choose executor onnx`,
        );
      }
    }
  }
  throw new ExecutorError(
    'tfjs-tensorflow',
    'absent',
    'TensorFlow is not installed here: npm install @tensorflow/tfjs-node, or choose executor onnx',
  );
}
