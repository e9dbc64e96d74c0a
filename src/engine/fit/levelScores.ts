import type { CompiledProgram, Executor } from '../../executors/executor';
import { createGraph } from '../../graph/table';
import { flatSize, type ScoreModel, unflatten } from '../../objectives/trainingStep';

const rowsPerCall = 1024;

/** A score network at one noise level, for any parameters and any number of rows. Whoever makes one disposes it. */
export class LevelScores {
  private constructor(
    private readonly program: CompiledProgram,
    private readonly dim: number,
  ) {}

  /** @param sigma the level, in the coordinates of the network */
  static async create(executor: Executor, model: ScoreModel, sigma: number): Promise<LevelScores> {
    const graph = createGraph();
    const size = flatSize(model, false);
    const flat = graph.input('params', [size]);
    const x = graph.input('x', [rowsPerCall, model.dim]);
    const level = graph.constant(new Float64Array(rowsPerCall).fill(sigma), [rowsPerCall, 1]);
    const score = model.score(x, level, unflatten(flat, model.paramShapes));
    return new LevelScores(await executor.compile({ inputs: [flat, x], outputs: [score] }), model.dim);
  }

  /** Scores [n, dim] at rows [n, dim], both in the coordinates of the network. */
  async at(flat: Float32Array, rows: Float64Array): Promise<Float32Array> {
    const scores = new Float32Array(rows.length);
    const size = rowsPerCall * this.dim;
    for (let begin = 0; begin < rows.length; begin += size) {
      const part = rows.subarray(begin, begin + size);
      const x = new Float32Array(size);
      x.set(part);
      const [result] = await this.program.run([flat, x]);
      scores.set(result!.subarray(0, part.length), begin);
    }
    return scores;
  }

  dispose(): Promise<void> {
    return this.program.dispose();
  }
}
