/** Samples that user functions return. */

import * as check from './check';

/** Random numbers for a sampler; seeded, so that a run can be repeated. */
export interface Rng {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform on 0, 1, ..., n - 1. */
  integer(n: number): number;
}

/** n rows: an array of rows, or row-major numbers. */
export type Rows = readonly (readonly number[])[] | Float32Array | Float64Array;

/**
 * Rows as row-major numbers.
 *
 * @param where what the messages start with
 * @param value what the user's function returned
 * @throws ApiError where it is not `n` rows of `dim` finite numbers
 */
export function packRows(where: string, value: unknown, n: number, dim: number): Float64Array {
  const wanted = `${n} rows of ${dim} number${dim === 1 ? '' : 's'}`;
  check.require(
    Array.isArray(value) || value instanceof Float32Array || value instanceof Float64Array,
    `${where} must return ${wanted} (an array of rows, a Float32Array or a Float64Array), not ${check.show(value)}.`,
  );
  const out = new Float64Array(n * dim);
  if (!Array.isArray(value)) {
    check.require(value.length === n * dim, `${where} must return ${wanted}, which is ${n * dim} numbers, but returned ${value.length}.`);
    out.set(value);
  } else {
    check.require(value.length === n, `${where} must return ${wanted}, but returned ${value.length} rows.`);
    value.forEach((row: unknown, i) => {
      check.require(
        Array.isArray(row) || row instanceof Float32Array || row instanceof Float64Array,
        `${where}: row ${i} must be an array, not ${check.show(row)}.`,
      );
      check.require(row.length === dim, `${where}: row ${i} must have ${dim} number${dim === 1 ? '' : 's'}, not ${row.length}.`);
      out.set(row as ArrayLike<number>, i * dim);
    });
  }
  const wrong = out.findIndex((v) => !Number.isFinite(v));
  check.require(wrong < 0, `${where} returned ${String(out[wrong])} in row ${Math.floor(wrong / dim)}.`);
  return out;
}
