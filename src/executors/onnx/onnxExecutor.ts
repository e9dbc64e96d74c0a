import type * as ort from 'onnxruntime-node';
import { type Node, sizeOf } from '../../graph/graph';
import { type CompiledLoop, type CompiledProgram, type Executor, ExecutorError, type LoopProgram, type Program } from '../executor';
import { loopModel, programModel } from './emit';

type Ort = typeof ort;

export interface OnnxOptions {
  readonly provider: 'cpu' | 'webgpu';
  /** Threads of the CPU provider. */
  readonly threads: number;
  /** What the WebGPU device is called. */
  readonly device?: string;
}

/** The given numbers as a tensor of a node's dtype, behind leading dimensions. */
function tensorOf({ Tensor }: Ort, node: Node, data: Float32Array, lead: readonly number[] = []): ort.Tensor {
  const dims = [...lead, ...node.shape];
  if (node.dtype === 'int32') return new Tensor('int32', Int32Array.from(data), dims);
  return node.dtype === 'bool' ? new Tensor('bool', Uint8Array.from(data), dims) : new Tensor('float32', data, dims);
}

function floats(value: ort.Tensor): Float32Array {
  // Copied: the runtime owns the tensor's memory.
  return Float32Array.from(value.data as Float32Array);
}

/** ONNX Runtime. Programs and whole loops are one model each; sessions live until their program is disposed. */
export class OnnxExecutor implements Executor {
  readonly id;
  readonly detail;

  private constructor(
    private readonly runtime: Ort,
    private readonly options: OnnxOptions,
  ) {
    this.id = options.provider === 'cpu' ? ('onnx' as const) : ('onnx-webgpu' as const);
    const version = runtime.env.versions.node ?? runtime.env.versions.common;
    this.detail = `ONNX Runtime ${version}, ${options.provider === 'cpu' ? `CPU, ${options.threads} thread${options.threads > 1 ? 's' : ''}` : `WebGPU${options.device ? ` on ${options.device}` : ''}`}`;
  }

  /** Throws ExecutorError('absent') where the runtime does not load. */
  static async create(options: OnnxOptions): Promise<OnnxExecutor> {
    const id = options.provider === 'cpu' ? 'onnx' : 'onnx-webgpu';
    let runtime: Ort;
    try {
      runtime = await import('onnxruntime-node');
    } catch (error) {
      throw new ExecutorError(
        id,
        'absent',
        `ONNX Runtime does not load here (${firstLine(error)}); choose another executor, for example tfjs-wasm`,
      );
    }
    const backend = runtime.listSupportedBackends().find(({ name }) => name === options.provider);
    if (!backend)
      throw new ExecutorError(id, 'absent', `this build of ONNX Runtime has no ${options.provider} provider; choose executor onnx`);
    return new OnnxExecutor(runtime, options);
  }

  private async session(model: Uint8Array): Promise<ort.InferenceSession> {
    try {
      return await this.runtime.InferenceSession.create(model, {
        executionProviders: [this.options.provider],
        intraOpNumThreads: this.options.threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        // Only errors: the runtime otherwise warns about initializers that its own optimiser removed.
        logSeverityLevel: 3,
      });
    } catch (error) {
      throw new ExecutorError(this.id, 'failed', `${this.detail} refused the model: ${firstLine(error)}`);
    }
  }

  async compile(program: Program): Promise<CompiledProgram> {
    const session = await this.session(programModel(program));
    return {
      run: async (inputs) => {
        const feeds: Record<string, ort.Tensor> = {};
        program.inputs.forEach((node, i) => {
          feeds[`in${i}`] = tensorOf(this.runtime, node, inputs[i]!);
        });
        const results = await session.run(feeds);
        return program.outputs.map((_, i) => floats(results[`out${i}`]!));
      },
      dispose: () => session.release(),
    };
  }

  async compileLoop(loop: LoopProgram): Promise<CompiledLoop> {
    const session = await this.session(loopModel(loop));
    const { Tensor } = this.runtime;
    return {
      run: async (steps, state, perStep) => {
        const feeds: Record<string, ort.Tensor> = { steps: new Tensor('int64', BigInt64Array.of(BigInt(steps)), []) };
        loop.state.forEach(({ input }, i) => {
          feeds[`state${i}`] = tensorOf(this.runtime, input, state[i]!);
        });
        loop.perStep.forEach((node, i) => {
          feeds[`step${i}`] = tensorOf(this.runtime, node, perStep[i]!.subarray(0, steps * sizeOf(node.shape)), [steps]);
        });
        const results = await session.run(feeds);
        return {
          state: loop.state.map((_, i) => floats(results[`next${i}`]!)),
          records: loop.records.map((_, i) => floats(results[`record${i}`]!)),
        };
      },
      dispose: () => session.release(),
    };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
}
