/**
 * Debiased Sinkhorn divergences between samples (Feydy, Sejourne, Vialard, Amari, Trouve and Peyre 2019, "Interpolating between
 * Optimal Transport and MMD using Sinkhorn Divergences"): S_e(x, y) = OT_e(x, y) - OT_e(x, x) / 2 - OT_e(y, y) / 2. In the log
 * domain throughout, with the regularisation annealed; O(n m) time an iteration in blocks on an executor, O(n + m) memory.
 */

import type { CompiledProgram, Executor, Program } from '../../executors/executor';
import { concat, exp, matMul, maximum, mul, reduceMax, sqrt, sub, sum, transpose } from '../../graph/ops';
import { createGraph } from '../../graph/table';

/** Which distance is transported: its order p, with costs |x - y|^p. */
export type Order = 1 | 2;

const largestBlock = 1024;
/** Stands for the logarithm of no mass, in rows that fill up a block. */
const nothing = -1e30;

/**
 * Of points z, z' in units in which the cost over the regularisation is |z - z'|^p, and logits l of the columns:
 * the largest l_j - |z_i - z'_j|^p over j, and the sum of the exponentials less it, [rows] each.
 */
function blockProgram(rows: number, dim: number, order: Order): Program {
  const graph = createGraph();
  const z = graph.input('z', [rows, dim]);
  const other = graph.input('other', [rows, dim]);
  const logits = graph.input('logits', [1, rows]);
  const one = graph.constant(new Float64Array(rows).fill(1), [rows, 1]);
  const left = concat([mul(z, -2), sum(mul(z, z), 1, true), one], 1);
  const right = concat([other, one, sum(mul(other, other), 1, true)], 1);
  const squared = maximum(matMul(left, transpose(right)), 0);
  const values = sub(logits, order === 2 ? squared : sqrt(squared));
  const top = reduceMax(values, 1, true);
  return { inputs: [z, other, logits], outputs: [top, sum(exp(sub(values, top)), 1)] };
}

/** One sample with uniform weights. */
interface Cloud {
  readonly n: number;
  readonly points: Float64Array;
}

/** Owns a compiled program: whoever creates one disposes it. */
class SoftMinimum {
  private constructor(
    private readonly program: CompiledProgram,
    private readonly block: number,
    private readonly dim: number,
    private readonly order: Order,
  ) {}

  static async create(executor: Executor, rows: number, dim: number, order: Order): Promise<SoftMinimum> {
    const block = Math.min(largestBlock, rows);
    return new SoftMinimum(await executor.compile(blockProgram(block, dim, order)), block, dim, order);
  }

  private scaled({ n, points }: Cloud, epsilon: number): Float32Array {
    const out = new Float32Array(Math.ceil(n / this.block) * this.block * this.dim);
    const unit = epsilon ** (-1 / this.order);
    for (let i = 0; i < points.length; i++) out[i] = points[i]! * unit;
    return out;
  }

  /** -e log of the mean over j of exp((g_j - c(x_i, y_j)) / e), for all i. */
  async at(x: Cloud, y: Cloud, g: Float64Array, epsilon: number): Promise<Float64Array> {
    const { block, dim } = this;
    const [rows, columns] = [this.scaled(x, epsilon), this.scaled(y, epsilon)];
    const logits = new Float32Array(columns.length / dim).fill(nothing);
    for (let j = 0; j < y.n; j++) logits[j] = g[j]! / epsilon - Math.log(y.n);
    const out = new Float64Array(x.n);
    for (let a = 0; a < rows.length / dim; a += block) {
      const tops = new Float64Array(block).fill(-Infinity);
      const sums = new Float64Array(block);
      for (let b = 0; b < logits.length; b += block) {
        const inputs = [
          rows.subarray(a * dim, (a + block) * dim),
          columns.subarray(b * dim, (b + block) * dim),
          logits.subarray(b, b + block),
        ];
        const [top, total] = await this.program.run(inputs);
        for (let i = 0; i < block; i++) {
          const larger = Math.max(tops[i]!, top![i]!);
          sums[i] = sums[i]! * Math.exp(tops[i]! - larger) + total![i]! * Math.exp(top![i]! - larger);
          tops[i] = larger;
        }
      }
      for (let i = a; i < Math.min(a + block, x.n); i++) out[i] = -epsilon * (tops[i - a]! + Math.log(sums[i - a]!));
    }
    return out;
  }

  dispose(): Promise<void> {
    return this.program.dispose();
  }
}

export interface SinkhornResult {
  /** S_e^(1/p), an approximation of the Wasserstein distance of order p. */
  readonly value: number;
  /** e^(1/p): differences below this length are smoothed away. */
  readonly blur: number;
  readonly iterations: number;
  /** Whether the potentials had stopped moving. */
  readonly converged: boolean;
}

/** Own choices: the blur as a share of the extent of the points, for each order, and how e shrinks an iteration. */
const blurShare = { 1: 0.002, 2: 0.02 };
const shrinking = 0.5;
const mostIterations = 200;
/** A divergence that an iteration changes by less than this share of itself has converged... */
const still = 1e-4;
/** ... and so has one that changes by less than this share of the largest cost, by which float32 rounds. */
const rounding = 1e-6;

function mean(values: Float64Array): number {
  return values.reduce((t, v) => t + v, 0) / values.length;
}

function average(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((v, i) => (v + b[i]!) / 2);
}

/** Both samples less the mean of the first, and the diagonal of the box that holds them. */
function centred(x: Float64Array, y: Float64Array, dim: number): { x: Float64Array; y: Float64Array; extent: number } {
  const middle = new Float64Array(dim);
  x.forEach((v, i) => {
    middle[i % dim]! += (v * dim) / x.length;
  });
  const shifted = (values: Float64Array): Float64Array => values.map((v, i) => v - middle[i % dim]!);
  const low = new Float64Array(dim).fill(Infinity);
  const high = new Float64Array(dim).fill(-Infinity);
  for (const values of [shifted(x), shifted(y)]) {
    values.forEach((v, i) => {
      low[i % dim] = Math.min(low[i % dim]!, v);
      high[i % dim] = Math.max(high[i % dim]!, v);
    });
  }
  return { x: shifted(x), y: shifted(y), extent: Math.hypot(...high.map((v, k) => v - low[k]!)) };
}

/**
 * The debiased Sinkhorn distance of x, [n, dim], and y, [m, dim], uniformly weighted and finite; n and m may differ.
 * @param blur e^(1/p); a fiftieth of the points' extent for order 2 and a tenth of that for order 1 where it is left out
 */
export async function sinkhorn(
  executor: Executor,
  x: Float64Array,
  y: Float64Array,
  dim: number,
  order: Order,
  blur?: number,
): Promise<SinkhornResult> {
  const { extent, ...moved } = centred(x, y, dim);
  if (extent === 0) return { value: 0, blur: blur ?? 0, iterations: 0, converged: true };
  const [a, b]: [Cloud, Cloud] = [
    { n: x.length / dim, points: moved.x },
    { n: y.length / dim, points: moved.y },
  ];
  const width = blur ?? blurShare[order] * extent;
  const last = width ** order;
  const soft = await SoftMinimum.create(executor, Math.max(a.n, b.n), dim, order);
  try {
    let epsilon = Math.max(extent ** order, last);
    const zeros = (n: number): Float64Array => new Float64Array(n);
    let [f, g, own, otherOwn] = [zeros(a.n), zeros(b.n), zeros(a.n), zeros(b.n)];
    let iterations = 0;
    let converged = false;
    let divergence = Infinity;
    while (iterations < mostIterations && !converged) {
      f = await soft.at(a, b, g, epsilon);
      g = await soft.at(b, a, f, epsilon);
      own = average(own, await soft.at(a, a, own, epsilon));
      otherOwn = average(otherOwn, await soft.at(b, b, otherOwn, epsilon));
      const before = divergence;
      divergence = mean(f) - mean(own) + mean(g) - mean(otherOwn);
      converged = epsilon === last && Math.abs(divergence - before) <= Math.max(still * Math.abs(divergence), rounding * extent ** order);
      epsilon = Math.max(epsilon * shrinking, last);
      iterations++;
    }
    return { value: Math.max(divergence, 0) ** (1 / order), blur: width, iterations, converged };
  } finally {
    await soft.dispose();
  }
}
