/** One step of Stein variational gradient descent as a graph. */

import { scored, type Target } from '../data/target';
import type { Graph, Node } from '../graph/graph';
import {
  add,
  concat,
  div,
  exp,
  fill,
  matMul,
  mul,
  reshape,
  select,
  sliceAxis,
  sqrt,
  square,
  sub,
  sum,
  transpose,
  mean,
  less,
} from '../graph/ops';
import type { Carried } from './blockedLoop';

/** Numbers of the schedule: bandwidth h, factor on the attractive term, 1 in the first step. */
export const steinScheduleWidth = 3;

/** Kernel rows computed together: blocks of [rows, n] that stay in the processor's cache. */
const rowsTogether = 256;

/** Keeps AdaGrad's division defined, as in the authors' code. */
const fudge = 1e-6;
/** Share of the past in AdaGrad's running mean of squares. */
const memory = 0.9;

/**
 * phi_i = mean_j [ a k(x_j, x_i) s(x_j) + grad_{x_j} k(x_j, x_i) ] with k = exp(-|x - y|^2 / (2 h^2)) (Liu and Wang 2016),
 * [n, dim]: a mean over particles and over nothing else. a is 1, but for annealed SVGD (D'Angelo and Fortuin 2021). The
 * sum of grad_{x_j} k is (x_i sum_j k_ij - sum_j k_ij x_j) / h^2, so two matrix products give all of it: one for the
 * exponents, one for k times [s, x, 1].
 */
export function steinDirection(x: Node, score: Node, bandwidth: Node, attraction: Node): Node {
  const [n = 1, dim = 1] = x.shape;
  // Around their mean, particles far from the origin lose no digits.
  const centred = sub(x, mean(x, 0, true));
  const precision = div(1, square(bandwidth));
  const norms = sum(square(centred), 1, true);
  const ones = fill(x, 1, [n, 1]);
  const left = concat([mul(precision, centred), mul(mul(-0.5, precision), norms), mul(mul(-0.5, precision), ones)], 1);
  const right = transpose(concat([centred, ones, norms], 1));
  const values = concat([mul(attraction, score), centred, ones], 1);
  const blocks: Node[] = [];
  for (let begin = 0; begin < n; begin += rowsTogether) {
    const kernel = exp(matMul(sliceAxis(left, 0, begin, Math.min(rowsTogether, n - begin)), right));
    blocks.push(matMul(kernel, values));
  }
  const sums = concat(blocks, 0);
  const repulsion = mul(precision, sub(mul(centred, sliceAxis(sums, 1, 2 * dim, 1)), sliceAxis(sums, 1, dim, dim)));
  return mul(add(sliceAxis(sums, 1, 0, dim), repulsion), 1 / n);
}

/** The next particles, and for AdaGrad the running mean of squared directions. */
export function steinStep(graph: Graph, target: Target, n: number, schedule: Node, stepSize: number, adaGrad: boolean): Carried[] {
  const x = graph.input('x', [n, target.dim]);
  const squares = graph.input('squares', [n, target.dim]);
  const [bandwidth, attraction, first] = [0, 1, 2].map((i) => reshape(sliceAxis(schedule, 0, i, 1), [])) as [Node, Node, Node];
  const direction = steinDirection(x, scored(target, x).score, bandwidth, attraction);
  if (!adaGrad) return [{ input: x, next: add(x, mul(stepSize, direction)) }];
  const now = square(direction);
  const nextSquares = select(less(0.5, first), now, add(mul(memory, squares), mul(1 - memory, now)));
  return [
    { input: x, next: add(x, mul(stepSize, div(direction, add(fudge, sqrt(nextSquares))))) },
    { input: squares, next: nextSquares },
  ];
}
