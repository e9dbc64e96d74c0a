/** The WebGPU adapter of this machine, through Dawn (package webgpu). */

import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

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
