/** Sums of the Stein kernel over all pairs of rows, in blocks on an executor: O(n^2) time, O(n) memory. */

import type { CompiledProgram, Executor, Program } from '../../executors/executor';
import { add, concat, matMul, maximum, mul, neg, sub, sum, transpose } from '../../graph/ops';
import type { Node } from '../../graph/graph';
import { createGraph } from '../../graph/table';
import { type SteinKernelId, steinKernels } from './kernels';

/** Rows of a sample, row-major [n, dim], and the model's score at them. */
export interface ScoredRows {
  readonly dim: number;
  readonly points: Float64Array;
  readonly scores: Float64Array;
}

/** Rows a block: a block of the kernel is 1 MiB, which stays in a core's cache. */
const largestBlock = 512;

/** [z.z', ...] by one matrix product each; z is centred, so that little cancels. */
function steinBlock(z: Node, t: Node, otherZ: Node, otherT: Node, kernel: SteinKernelId): Node {
  const dim = z.shape[1] ?? 1;
  const rowSum = (x: Node): Node => sum(x, 1, true);
  const one = z.graph.constant(new Float64Array(z.shape[0] ?? 1).fill(1), [z.shape[0] ?? 1, 1]);
  const product = (left: readonly Node[], right: readonly Node[]): Node => matMul(concat(left, 1), transpose(concat(right, 1)));
  const squared = product([mul(z, -2), rowSum(mul(z, z)), one], [otherZ, one, rowSum(mul(otherZ, otherZ))]);
  // (z - z').(t - t') + d
  const crossed = product([neg(z), neg(t), add(rowSum(mul(z, t)), dim), one], [otherT, otherZ, one, rowSum(mul(otherZ, otherT))]);
  const { value, slope, curvature } = steinKernels[kernel].profile(maximum(squared, 0));
  return mul(value, sub(add(matMul(t, transpose(otherT)), mul(slope, crossed)), curvature));
}

/** Inputs z, t, w of two blocks; output sum_ij w_ic h(x_i, y_j) w'_jc for each column c of the multipliers. */
function blockProgram(rows: number, dim: number, columns: number, kernel: SteinKernelId): Program {
  const graph = createGraph();
  const side = (name: string): Node<'input'>[] => [
    graph.input(`z${name}`, [rows, dim]),
    graph.input(`t${name}`, [rows, dim]),
    graph.input(`w${name}`, [rows, columns]),
  ];
  const [first, second] = [side('a'), side('b')];
  const [z, t, w] = first as [Node, Node, Node];
  const [otherZ, otherT, otherW] = second as [Node, Node, Node];
  const weighted = mul(w, matMul(steinBlock(z, t, otherZ, otherT, kernel), otherW));
  return { inputs: [...first, ...second], outputs: [sum(weighted, 0)] };
}

/** A sum over pairs of different rows, one a column of multipliers. */
export interface PairSums {
  /** sum over i != j of w_ic h(x_i, x_j) w_jc, [columns]. Column 0 is the sum itself where its multipliers are one. */
  readonly pairs: Float64Array;
  /** sum over i of h(x_i, x_i): what a V-statistic has besides. */
  readonly diagonal: number;
}

/** Owns a compiled program: whoever creates one disposes it. */
export class SteinSums {
  private constructor(
    private readonly program: CompiledProgram,
    private readonly block: number,
    private readonly dim: number,
    private readonly columns: number,
    private readonly kernel: SteinKernelId,
  ) {}

  /**
   * @param rows the rows that samples will have at most, for the size of a block
   * @param columns columns of the multipliers, the sum itself included
   */
  static async create(executor: Executor, rows: number, dim: number, columns: number, kernel: SteinKernelId): Promise<SteinSums> {
    const block = Math.min(largestBlock, rows);
    return new SteinSums(await executor.compile(blockProgram(block, dim, columns, kernel)), block, dim, columns, kernel);
  }

  /**
   * Each pair of blocks is visited once: the Stein kernel is symmetric.
   * @param weights multipliers -1 or +1, row-major [n, columns]
   */
  async of({ points, scores }: ScoredRows, bandwidth: number, weights: Float32Array): Promise<PairSums> {
    const { block, dim, columns } = this;
    const n = points.length / dim;
    const blocks = Math.ceil(n / block);
    const z = centred(points, dim, 1 / bandwidth, blocks * block);
    const t = padded(
      scores.map((s) => s * bandwidth),
      blocks * block * dim,
    );
    const w = padded(weights, blocks * block * columns);
    const part = (values: Float32Array, i: number, width: number): Float32Array =>
      values.subarray(i * block * width, (i + 1) * block * width);
    const side = (i: number): Float32Array[] => [part(z, i, dim), part(t, i, dim), part(w, i, columns)];
    const pairs = new Float64Array(columns);
    for (let a = 0; a < blocks; a++) {
      for (let b = a; b < blocks; b++) {
        const [sums] = await this.program.run([...side(a), ...side(b)]);
        for (let c = 0; c < columns; c++) pairs[c]! += (a === b ? 1 : 2) * sums![c]!;
      }
    }
    const { value, slope } = steinKernels[this.kernel].profileAt(0);
    let diagonal = 0;
    for (const s of t) diagonal += value * s * s;
    diagonal += n * value * slope * dim;
    const scale = 1 / (bandwidth * bandwidth);
    return { pairs: pairs.map((v) => (v - diagonal) * scale), diagonal: diagonal * scale };
  }

  dispose(): Promise<void> {
    return this.program.dispose();
  }
}

function padded(values: Float32Array | Float64Array, length: number): Float32Array {
  if (values instanceof Float32Array && values.length === length) return values;
  const out = new Float32Array(length);
  out.set(values);
  return out;
}

/** Rows less their mean, times `scale`, in float32, with zeros behind. */
function centred(points: Float64Array, dim: number, scale: number, rows: number): Float32Array {
  const n = points.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < points.length; i++) mean[i % dim]! += points[i]! / n;
  const out = new Float32Array(rows * dim);
  for (let i = 0; i < points.length; i++) out[i] = (points[i]! - mean[i % dim]!) * scale;
  return out;
}
