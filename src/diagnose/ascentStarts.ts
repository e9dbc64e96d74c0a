/** Places from which to look for modes: a broad box, and the sample itself. */

import type { Random } from '../shared/random';

/** Uniform draws from the box, row-major [count, dim]. */
export function boxStarts(low: readonly number[], high: readonly number[], count: number, random: Random): Float64Array {
  const dim = low.length;
  return Float64Array.from({ length: count * dim }, (_, i) => {
    const k = i % dim;
    return low[k]! + (high[k]! - low[k]!) * random.uniform();
  });
}

/** How far beyond the points, on each side, as a share of their extent. Own choice: what is farther is not looked for. */
const widening = 1.5;

/**
 * A quarter rows of the points [n, dim], drawn at random, and the rest uniform on the box of the points widened by 1.5 times
 * its largest side on each side: a sample that sits in one mode says nothing of where the others are.
 */
export function startsAround(points: Float64Array, dim: number, count: number, random: Random): Float64Array {
  const low = new Array<number>(dim).fill(Infinity);
  const high = new Array<number>(dim).fill(-Infinity);
  points.forEach((v, i) => {
    low[i % dim] = Math.min(low[i % dim]!, v);
    high[i % dim] = Math.max(high[i % dim]!, v);
  });
  const side = Math.max(...high.map((v, k) => v - low[k]!)) || 1;
  const fromPoints = count >> 2;
  const out = new Float64Array(count * dim);
  for (let i = 0; i < fromPoints; i++) {
    const row = random.integer(points.length / dim);
    out.set(points.subarray(row * dim, (row + 1) * dim), i * dim);
  }
  const wide = boxStarts(
    low.map((v) => v - widening * side),
    high.map((v) => v + widening * side),
    count - fromPoints,
    random,
  );
  out.set(wide, fromPoints * dim);
  return out;
}
