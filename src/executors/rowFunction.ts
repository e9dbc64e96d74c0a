/** A function of rows, evaluated at any number of rows through one compiled program of a fixed number of them. */

import type { Node } from '../graph/graph';
import { createGraph } from '../graph/table';
import type { CompiledProgram, Executor } from './executor';

const rowsPerCall = 4096;

/**
 * Runs a program of `block` rows on any number of them.
 * @param rows row-major [n, dim]; rounded to float32
 * @param before inputs of the program before its rows
 * @returns one array an output, row-major [n, ...]
 */
export async function runInBlocks(
  program: CompiledProgram,
  rows: Float32Array | Float64Array,
  { dim, block, before = [] }: { readonly dim: number; readonly block: number; readonly before?: readonly Float32Array[] },
): Promise<Float64Array[]> {
  const count = rows.length / dim;
  const parts: Float64Array[] = [];
  for (let begin = 0; begin < Math.max(count, 1); begin += block) {
    const taken = Math.min(block, count - begin);
    const x = new Float32Array(block * dim);
    x.set(rows.subarray(begin * dim, (begin + taken) * dim));
    (await program.run([...before, x])).forEach((result, i) => {
      const width = result.length / block;
      const part = (parts[i] ??= new Float64Array(count * width));
      part.set(result.subarray(0, taken * width), begin * width);
    });
  }
  return parts;
}

/** Owns a compiled program: whoever creates one disposes it. */
export class RowFunction {
  private constructor(
    private readonly program: CompiledProgram,
    private readonly dim: number,
    private readonly rowsPerCall: number,
  ) {}

  /**
   * @param dim numbers in a row
   * @param build outputs of x, [rows, dim]; each has shape [rows, ...] and a row's values depend on that row alone
   * @param rows rows a call; more where rows are cheap, fewer where each needs much memory
   */
  static async create(executor: Executor, dim: number, build: (x: Node) => readonly Node[], rows = rowsPerCall): Promise<RowFunction> {
    const x = createGraph().input('x', [rows, dim]);
    return new RowFunction(await executor.compile({ inputs: [x], outputs: build(x) }), dim, rows);
  }

  /**
   * @param rows row-major [n, dim]; rounded to float32
   * @returns one array an output, row-major [n, ...], owned by the caller
   */
  at(rows: Float32Array | Float64Array): Promise<Float64Array[]> {
    return runInBlocks(this.program, rows, { dim: this.dim, block: this.rowsPerCall });
  }

  dispose(): Promise<void> {
    return this.program.dispose();
  }
}
