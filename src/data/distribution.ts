import type { Random } from '../shared/random';

/** One natural part of a distribution: a mixture component, a ring, a moon, an arm. Weights of all parts sum to one. */
export interface Component {
  readonly label: string;
  /** The part's mean, [dim]. */
  readonly center: readonly number[];
  readonly weight: number;
}

/** A distribution that can be sampled exactly and whose normalised density is known. */
export interface Distribution {
  readonly dim: number;
  /** Draws n rows, row-major [n, dim], in a new array that the caller owns. */
  sample(random: Random, n: number): Float64Array;
  /**
   * The exact log density (natural logarithm, normalised) of each row of x, [n, dim] to [n]; -Infinity outside the support.
   * @throws RangeError if the length of x is no multiple of dim
   */
  logDensity(x: Float64Array): Float64Array;
  /** The natural parts, or none where the distribution has none. */
  readonly components: readonly Component[];
  /**
   * For each row the index of the most responsible part (largest weight times density; the first of equals), 0 where there is none.
   * @throws RangeError if the length of x is no multiple of dim
   */
  componentOf(x: Float64Array): Int32Array;
}

/** The rows in a row-major array. @throws RangeError if its length is no multiple of dim */
export function rowsOf(x: Float64Array, dim: number): number {
  const rows = x.length / dim;
  if (!Number.isInteger(rows)) throw new RangeError(`${String(x.length)} numbers are no rows of ${String(dim)}.`);
  return rows;
}
