import type { Node } from '../../graph/graph';
import { sizeOf } from '../../graph/graph';
import type { Tensor, Tfjs } from '../../graph/primitive';
import {
  type CompiledLoop,
  type CompiledProgram,
  type Executor,
  ExecutorError,
  type ExecutorId,
  type LoopProgram,
  type LoopResult,
  type Program,
} from '../executor';
import { firstLine } from './core';
import { Plan, tensorOf } from './plan';

/** Notices errors of a device that do not throw. */
export interface DeviceWatch {
  begin(): void;
  /** The first error since `begin`, if there was one. */
  end(): Promise<string | undefined>;
}

const nothingToWatch: DeviceWatch = { begin: () => undefined, end: () => Promise.resolve(undefined) };

/** Node-by-node execution on a tfjs back end. Forward kernels only: tfjs's own gradients are not used. */
export class TfjsExecutor implements Executor {
  constructor(
    readonly id: ExecutorId,
    readonly detail: string,
    private readonly tf: Tfjs,
    private readonly backend: string,
    private readonly watch: DeviceWatch = nothingToWatch,
  ) {}

  /** tfjs has one active back end a process, so every call chooses its own. */
  private async activate(): Promise<void> {
    if (this.tf.getBackend() !== this.backend) await this.tf.setBackend(this.backend);
  }

  /** Runs work on the active back end; an error of the device that did not throw makes its results void. */
  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    await this.activate();
    this.watch.begin();
    let message: string | undefined;
    const result = await work().finally(async () => {
      message = await this.watch.end();
    });
    if (message !== undefined)
      throw new ExecutorError(this.id, 'failed', `${this.detail} reported an error: ${firstLine(message)}; choose another executor`);
    return result;
  }

  private feed(inputs: readonly Node[], arrays: readonly Float32Array[]): Map<Node, Tensor> {
    return new Map(inputs.map((node, i) => [node, tensorOf(this.tf, arrays[i]!, node)]));
  }

  private async fetch(tensors: readonly Tensor[]): Promise<Float32Array[]> {
    const arrays: Float32Array[] = [];
    for (const tensor of tensors) {
      arrays.push(Float32Array.from(await tensor.data()));
      tensor.dispose();
    }
    return arrays;
  }

  async compile(program: Program): Promise<CompiledProgram> {
    await this.activate();
    const plan = new Plan(this.tf, program.outputs);
    return {
      run: (arrays) =>
        this.guarded(() => {
          const inputs = this.feed(program.inputs, arrays);
          const outputs = plan.run(inputs);
          for (const tensor of inputs.values()) tensor.dispose();
          return this.fetch(outputs);
        }),
      dispose: () => this.free(plan),
    };
  }

  async compileLoop(loop: LoopProgram): Promise<CompiledLoop> {
    await this.activate();
    const plan = new Plan(this.tf, [...loop.state.map(({ next }) => next), ...loop.records]);
    return {
      run: (steps, state, perStep) => this.guarded(() => this.iterate(plan, loop, steps, state, perStep)),
      dispose: () => this.free(plan),
    };
  }

  private async iterate(
    plan: Plan,
    loop: LoopProgram,
    steps: number,
    state: readonly Float32Array[],
    perStep: readonly Float32Array[],
  ): Promise<LoopResult> {
    let carried = loop.state.map(({ input }, i) => tensorOf(this.tf, state[i]!, input));
    const recorded: Tensor[][] = loop.records.map(() => []);
    for (let k = 0; k < steps; k++) {
      const inputs = this.feed(
        loop.perStep,
        loop.perStep.map((node, i) => perStep[i]!.subarray(k * sizeOf(node.shape), (k + 1) * sizeOf(node.shape))),
      );
      const fed = [...inputs.values()];
      loop.state.forEach(({ input }, i) => inputs.set(input, carried[i]!));
      const outputs = plan.run(inputs);
      for (const tensor of [...fed, ...carried]) tensor.dispose();
      carried = outputs.slice(0, loop.state.length);
      outputs.slice(loop.state.length).forEach((tensor, i) => recorded[i]!.push(tensor));
    }
    const records: Float32Array[] = [];
    for (const tensors of recorded) {
      const rows = await this.fetch(tensors);
      const joined = new Float32Array(rows.reduce((n, row) => n + row.length, 0));
      rows.forEach((row, k) => {
        joined.set(row, k * row.length);
      });
      records.push(joined);
    }
    return { state: await this.fetch(carried), records };
  }

  private async free(plan: Plan): Promise<void> {
    await this.activate();
    plan.dispose();
  }

  /** Nothing to free: the back end belongs to the process. */
  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
