import { availableParallelism } from 'node:os';
import { type CompiledLoop, type Executor, ExecutorError, type ExecutorId, executorIds, type LoopProgram } from './executor';
import { selfTest } from './selfTest';

export type ExecutorChoice = 'auto' | ExecutorId;

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

function defaultThreads(): number {
  return Math.min(availableParallelism(), 8);
}

/** Opens an executor and checks it. Throws ExecutorError where it is absent, has no device, or computes wrongly. */
export async function openExecutor(id: ExecutorId, options: ExecutorOptions = {}): Promise<{ executor: Executor; selfTestError: number }> {
  const executor = await openers[id]({ threads: options.threads ?? defaultThreads() });
  try {
    return { executor, selfTestError: await selfTest(executor) };
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

/** What `auto` found out about one candidate. */
export interface Candidate {
  /** The executor's id, and its threads where they make a difference. */
  readonly name: string;
  /** Steps per second of the loop at hand; undefined where refused. */
  readonly stepsPerSecond: number | undefined;
  readonly refusal: string | undefined;
}

export interface Chosen {
  readonly executor: Executor;
  /** Empty where the user named the executor. */
  readonly candidates: readonly Candidate[];
}

/** An executor as `auto` tries it: ONNX Runtime with all threads and with one, which wins where other programs are busy. */
interface Trial {
  readonly id: ExecutorId;
  readonly threads: number;
}

/** Trials of `auto`, best guess first. Software WebGPU and plain JavaScript are left to those who ask for them by name. */
async function autoTrials(threads: number | undefined): Promise<Trial[]> {
  const { webgpuAdapter } = await import('./adapter');
  const adapter = await webgpuAdapter();
  const most = threads ?? defaultThreads();
  const gpu: ExecutorId[] = adapter && !adapter.software ? ['onnx-webgpu', 'tfjs-webgpu'] : [];
  const onnx = threads === undefined && most > 1 ? [most, 1] : [most];
  return [
    ...onnx.map((count) => ({ id: 'onnx' as const, threads: count })),
    ...[...gpu, 'tfjs-wasm' as const].map((id) => ({ id, threads: most })),
    { id: 'tfjs-cpu', threads: most },
  ];
}

const trialMilliseconds = 120;

async function measure(
  executor: Executor,
  loop: LoopProgram,
  inputs: { state: Float32Array[]; perStep: (steps: number) => Float32Array[] },
): Promise<number> {
  const compiled: CompiledLoop = await executor.compileLoop(loop);
  try {
    // The first step compiles and allocates.
    await compiled.run(1, inputs.state, inputs.perStep(1));
    let [steps, elapsed] = [0, 0];
    while (elapsed < trialMilliseconds) {
      const count = Math.max(1, Math.min(2 * steps, 50));
      const fed = inputs.perStep(count);
      const started = performance.now();
      await compiled.run(count, inputs.state, fed);
      elapsed += performance.now() - started;
      steps += count;
    }
    return (1000 * steps) / elapsed;
  } finally {
    await compiled.dispose();
  }
}

/**
 * The executor that the user named, or the fastest on the loop at hand by measurement.
 * Throws ExecutorError where the named one cannot be had; `auto` fails only if every candidate does.
 */
export async function chooseExecutor(
  choice: ExecutorChoice,
  loop: LoopProgram,
  inputs: { state: Float32Array[]; perStep: (steps: number) => Float32Array[] },
  options: ExecutorOptions = {},
): Promise<Chosen> {
  if (choice !== 'auto') return { executor: (await openExecutor(choice, options)).executor, candidates: [] };
  const candidates: Candidate[] = [];
  let best: { executor: Executor; rate: number } | undefined;
  for (const { id, threads } of await autoTrials(options.threads)) {
    if (id === 'tfjs-cpu' && best) break;
    const name = id === 'onnx' ? `onnx (${threads} thread${threads === 1 ? '' : 's'})` : id;
    try {
      const { executor } = await openExecutor(id, { threads });
      const rate = await measure(executor, loop, inputs);
      candidates.push({ name, stepsPerSecond: rate, refusal: undefined });
      if (best && best.rate >= rate) {
        await executor.dispose();
        continue;
      }
      await best?.executor.dispose();
      best = { executor, rate };
    } catch (error) {
      if (!(error instanceof ExecutorError)) throw error;
      candidates.push({ name, stepsPerSecond: undefined, refusal: error.message });
    }
  }
  if (!best) throw new ExecutorError('onnx', 'absent', `no executor works here: ${candidates.map((c) => c.refusal).join('; ')}`);
  return { executor: best.executor, candidates };
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
