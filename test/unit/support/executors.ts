import { existsSync } from 'node:fs';
import { openExecutor } from '../../../src/executors/choose';
import type { Executor, ExecutorId } from '../../../src/executors/executor';

type Opened = Awaited<ReturnType<typeof openExecutor>>;

/** Chromium's software Vulkan driver; Debian ships it beside the browser. */
const softwareDriver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/aarch64-linux-gnu/libvulkan.so.1', '/usr/lib/libvulkan.so.1'];

/** Whether this machine can run WebGPU in software, so that its executors must work. */
export const softwareDevice = existsSync(softwareDriver) && loaders.some((path) => existsSync(path));

// Dawn reads it when it is loaded, which is when the first WebGPU executor is opened. A driver that was chosen outside stays.
if (softwareDevice) process.env['VK_ICD_FILENAMES'] ??= softwareDriver;

/** Executors that every machine must have, and those that this one must have. */
export const requiredExecutors: readonly ExecutorId[] = ['onnx', 'tfjs-wasm', 'tfjs-cpu', ...(softwareDevice ? (['onnx-webgpu', 'tfjs-webgpu'] as const) : [])];

const known = new Map<ExecutorId, Promise<Opened>>();

/** An executor and the error of its self-test, opened once a test file. One thread, as test files run beside each other. */
export function opened(id: ExecutorId): Promise<Opened> {
  let opening = known.get(id);
  if (!opening) {
    opening = openExecutor(id, { threads: 1 });
    known.set(id, opening);
  }
  return opening;
}

export async function executorOf(id: ExecutorId): Promise<Executor> {
  return (await opened(id)).executor;
}
