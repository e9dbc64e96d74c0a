import { existsSync } from 'node:fs';
import type { Executor, ExecutorId } from '../../../src/executors/executor';
import { OnnxExecutor } from '../../../src/executors/onnx/onnxExecutor';
import { cpu, wasm } from '../../../src/executors/tfjs/backends';
import { webgpu } from '../../../src/executors/tfjs/webgpu';

/** Chromium's software Vulkan driver; Debian ships it beside the browser. */
const softwareDriver = '/usr/lib/chromium/vk_swiftshader_icd.json';
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/aarch64-linux-gnu/libvulkan.so.1', '/usr/lib/libvulkan.so.1'];

/** Whether this machine can run WebGPU in software, so that its executors must work. */
export const softwareDevice = existsSync(softwareDriver) && loaders.some((path) => existsSync(path));

// Dawn reads it when it is loaded, which is when the first WebGPU executor is opened. A driver that was chosen outside stays.
if (softwareDevice) process.env['VK_ICD_FILENAMES'] ??= softwareDriver;

/** Executors that every machine must have, and those that this one must have. */
export const requiredExecutors: readonly ExecutorId[] = [
  'onnx',
  'tfjs-wasm',
  'tfjs-cpu',
  ...(softwareDevice ? (['onnx-webgpu', 'tfjs-webgpu'] as const) : []),
];

const openers: Partial<Record<ExecutorId, () => Promise<Executor>>> = {
  onnx: () => OnnxExecutor.create({ provider: 'cpu', threads: 1 }),
  'onnx-webgpu': () => OnnxExecutor.create({ provider: 'webgpu', threads: 1 }),
  'tfjs-wasm': wasm,
  'tfjs-webgpu': webgpu,
  'tfjs-cpu': cpu,
};

const known = new Map<ExecutorId, Promise<Executor>>();

/**
 * A required executor, made once a test file and without its self-test, which takes seconds on a software device;
 * presence.test.ts runs that. One thread, as test files run beside each other.
 */
export function executorOf(id: ExecutorId): Promise<Executor> {
  const executor = known.get(id) ?? openers[id]!();
  known.set(id, executor);
  return executor;
}
