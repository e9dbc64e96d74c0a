/** What an executor of graphs is. Every executor runs the same programs and is checked by the same self-test. */

import type { Node } from '../graph/graph';

/** A function from inputs to outputs. */
export interface Program {
  readonly inputs: readonly Node<'input'>[];
  readonly outputs: readonly Node[];
}

/** A step that is repeated: the whole loop runs inside the executor. */
export interface LoopProgram {
  /** Values carried from step to step. `next` has the shape and dtype of `input`. */
  readonly state: readonly { readonly input: Node<'input'>; readonly next: Node }[];
  /** Inputs that are fed anew in every step. */
  readonly perStep: readonly Node<'input'>[];
  /** Values of every step that are handed back. */
  readonly records: readonly Node[];
}

export interface CompiledProgram {
  /** One row-major array an input, in order; gives one array an output. The arrays are copied in and out. */
  run(inputs: readonly Float32Array[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

export interface LoopResult {
  readonly state: Float32Array[];
  /** [steps, ...shape] for each record. */
  readonly records: Float32Array[];
}

export interface CompiledLoop {
  /** Runs `steps` steps from `state`; `perStep` holds [steps, ...shape] for each per-step input. */
  run(steps: number, state: readonly Float32Array[], perStep: readonly Float32Array[]): Promise<LoopResult>;
  dispose(): Promise<void>;
}

/** Ids by which users choose an executor. */
export const executorIds = ['onnx', 'onnx-webgpu', 'tfjs-wasm', 'tfjs-webgpu', 'tfjs-tensorflow', 'tfjs-cpu'] as const;
export type ExecutorId = (typeof executorIds)[number];

export interface Executor {
  readonly id: ExecutorId;
  /** Library, version, device: what is printed beside results. */
  readonly detail: string;
  compile(program: Program): Promise<CompiledProgram>;
  compileLoop(loop: LoopProgram): Promise<CompiledLoop>;
  /** Frees what the executor holds; its programs cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** An executor cannot be had here, or failed its self-test. The message says why and what to do. */
export class ExecutorError extends Error {
  override readonly name = 'ExecutorError';
  constructor(
    readonly executor: ExecutorId,
    readonly reason: 'absent' | 'no-device' | 'wrong-results' | 'failed',
    message: string,
  ) {
    super(message);
  }
}
