/** Opens executors, each after its self-test. */

import { availableParallelism } from 'node:os';
import { type Executor, ExecutorError, type ExecutorId, executorIds } from './executor';
import { selfTest } from './selfTest';

export interface ExecutorOptions {
  /** Threads of CPU executors; by default all cores up to eight. */
  readonly threads?: number;
}

const openers: { readonly [I in ExecutorId]: (options: Required<ExecutorOptions>) => Promise<Executor> } = {
  onnx: async ({ threads }) => (await import('./onnx/onnxExecutor')).OnnxExecutor.create({ provider: 'cpu', threads }),
  'onnx-webgpu': async ({ threads }) => {
    const { adapterTitle, webgpuAdapter } = await import('./adapter');
    const adapter = await webgpuAdapter();
    if (!adapter) {
      throw new ExecutorError('onnx-webgpu', 'no-device', 'no WebGPU device was found; choose executor onnx');
    }
    return (await import('./onnx/onnxExecutor')).OnnxExecutor.create({ provider: 'webgpu', threads, device: adapterTitle(adapter) });
  },
  'tfjs-wasm': async () => (await import('./tfjs/backends')).wasm(),
  'tfjs-webgpu': async () => (await import('./tfjs/webgpu')).webgpu(),
  'tfjs-tensorflow': async () => (await import('./tfjs/tensorflow')).tensorflow(),
  'tfjs-cpu': async () => (await import('./tfjs/backends')).cpu(),
};

/** Threads of CPU executors where nobody says otherwise. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), 8);
}

/**
 * Errors of executors that have passed their self-test in this process. ONNX Runtime on the CPU computes the same bits each
 * time and for any number of threads, so one pass holds for the process; a device may be lost, and is tested each time.
 */
const passed = new Map<ExecutorId, number>();

/** Opens an executor and checks it. Throws ExecutorError where it is absent, has no device, or computes wrongly. */
export async function openExecutor(id: ExecutorId, options: ExecutorOptions = {}): Promise<{ executor: Executor; selfTestError: number }> {
  const executor = await openers[id]({ threads: options.threads ?? defaultThreads() });
  try {
    const selfTestError = passed.get(id) ?? (await selfTest(executor));
    if (id === 'onnx') passed.set(id, selfTestError);
    return { executor, selfTestError };
  } catch (error) {
    await executor.dispose();
    if (error instanceof ExecutorError) throw error;
    throw new ExecutorError(
      id,
      'failed',
      `${id} failed its self-test: ${error instanceof Error ? error.message.split('\n')[0]! : String(error)}`,
    );
  }
}

/** All executors with what can be said of each: for `unblind doctor`. */
export async function surveyExecutors(): Promise<
  { id: ExecutorId; detail: string; selfTestError: number | undefined; refusal: string | undefined }[]
> {
  const survey = [];
  for (const id of executorIds) {
    try {
      const { executor, selfTestError } = await openExecutor(id);
      survey.push({ id, detail: executor.detail, selfTestError, refusal: undefined });
      await executor.dispose();
    } catch (error) {
      if (!(error instanceof ExecutorError)) throw error;
      survey.push({ id, detail: '', selfTestError: undefined, refusal: error.message });
    }
  }
  return survey;
}
