import type { Random } from '../shared/random';

/** `count` distinct indices below n, drawn at random, in rising order; all of them where n is not larger. */
export function chosenRows(n: number, count: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= count) return rows;
  for (let i = 0; i < count; i++) {
    const j = i + random.integer(n - i);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows.slice(0, count).sort();
}

/**
 * Rows of points [n, dim] in two parts, at random, each in the order of the sample: at most `most` rows that choose something
 * and the rest that tests it. At random, so that no pattern in the order of the rows lands in one part.
 */
export function splitRows(
  points: Float64Array,
  dim: number,
  most: number,
  random: Random,
): { readonly training: Float64Array; readonly testing: Float64Array } {
  const chosen = new Set(chosenRows(points.length / dim, most, random));
  const part = (training: boolean): Float64Array => points.filter((_, i) => chosen.has(Math.floor(i / dim)) === training);
  return { training: part(true), testing: part(false) };
}
