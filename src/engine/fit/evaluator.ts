import type { CompiledProgram, Executor } from '../../executors/executor';
import { runInBlocks } from '../../executors/rowFunction';
import { gradient } from '../../graph/differentiate';
import type { Node } from '../../graph/graph';
import { neg, sum } from '../../graph/ops';
import { createGraph } from '../../graph/table';
import { flatSize, type Model, unflatten } from '../../objectives/trainingStep';
import type { Mixing } from './mixing';

/** Energy, mixing density and their scores at rows, in standardised coordinates. */
export interface FieldValues {
  /** [n] */
  readonly energy: Float64Array;
  /** log m, [n]; zeros without a mixing density. */
  readonly logMixing: Float64Array;
}

export interface ScoreValues extends FieldValues {
  /** -grad E, [n, dim] */
  readonly score: Float64Array;
  /** grad log m, [n, dim] */
  readonly mixingScore: Float64Array;
}

const rowsPerCall = 4096;

/** Evaluates the model at any number of rows through programs of fixed batch size, compiled when they are first needed. */
export class Evaluator {
  private values: Promise<CompiledProgram> | undefined;
  private scores: Promise<CompiledProgram> | undefined;
  private readonly dim: number;
  private readonly build: (withScores: boolean) => Promise<CompiledProgram>;

  constructor(executor: Executor, model: Model, mixing: Mixing | undefined) {
    this.dim = model.dim;
    this.build = (withScores) => {
      const graph = createGraph();
      const size = flatSize(model, false);
      const flat = graph.input('params', [size]);
      const x = graph.input('x', [rowsPerCall, model.dim]);
      const energy = model.energy(x, unflatten(flat, model.paramShapes));
      const outputs: Node[] = [energy];
      if (mixing) outputs.push(mixing.logDensity(x));
      if (withScores) outputs.push(neg(gradient(sum(energy), [x])[0]!));
      if (withScores && mixing) outputs.push(gradient(sum(outputs[1]!), [x])[0]!);
      return executor.compile({ inputs: [flat, x], outputs });
    };
  }

  private run(program: CompiledProgram, params: Float32Array, rows: Float64Array): Promise<Float64Array[]> {
    return runInBlocks(program, rows, { dim: this.dim, block: rowsPerCall, before: [params] });
  }

  /** `rows` is row-major [n, dim]. */
  async field(params: Float32Array, rows: Float64Array): Promise<FieldValues> {
    const [energy, logMixing] = await this.run(await (this.values ??= this.build(false)), params, rows);
    return { energy: energy!, logMixing: logMixing ?? new Float64Array(energy!.length) };
  }

  async scoreField(params: Float32Array, rows: Float64Array): Promise<ScoreValues> {
    const results = await this.run(await (this.scores ??= this.build(true)), params, rows);
    const [energy, ...rest] = results;
    const zeros = new Float64Array(energy!.length * this.dim);
    if (rest.length === 1) return { energy: energy!, logMixing: new Float64Array(energy!.length), score: rest[0]!, mixingScore: zeros };
    return { energy: energy!, logMixing: rest[0]!, score: rest[1]!, mixingScore: rest[2]! };
  }

  async dispose(): Promise<void> {
    // A program that could not be compiled was reported to whoever asked for it.
    for (const program of [this.values, this.scores]) await (await program?.catch(() => undefined))?.dispose();
  }
}
