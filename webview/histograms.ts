/** Marginals of data, model and particles. */

import type { Grid } from '../src/shared/plot/grid';
import { histogram, quantile, rangeOf } from '../src/shared/plot/statistics';
import { column } from './points';

/** Density of one coordinate, from a density of the plane: the other coordinate is integrated out. */
export function marginal({ columns, rows, extent, values }: Grid, axis: 0 | 1): Float64Array {
  const found = new Float64Array(axis === 0 ? columns : rows);
  const cell = axis === 0 ? (extent.top - extent.bottom) / rows : (extent.right - extent.left) / columns;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < columns; at++) {
      const into = axis === 0 ? at : row;
      const value = values[row * columns + at]!;
      found[into] = found[into]! + (Number.isFinite(value) ? value * cell : 0);
    }
  }
  return found;
}

/** Bins for that many values: fine for many, coarse for few. */
export function binCount(count: number): number {
  return Math.max(12, Math.min(60, Math.round(2.4 * Math.cbrt(count))));
}

/** Bounds of one coordinate of the data, with air on both sides; outliers beyond a thousandth do not stretch them. */
export function paddedRange(rows: Float32Array, dim: number, axis: number): readonly [number, number] {
  const known = ranges.get(rows)?.get(axis);
  if (known) return known;
  const values = column(rows, dim, axis);
  const [least, most] = rangeOf(values);
  const low = Math.max(least, quantile(values, 0.001));
  const high = Math.min(most, quantile(values, 0.999));
  const found =
    Number.isFinite(high - low) && high > low ? ([low - 0.12 * (high - low), high + 0.12 * (high - low)] as const) : fallback(low);
  const ofRows = ranges.get(rows) ?? new Map<number, readonly [number, number]>();
  ranges.set(rows, ofRows.set(axis, found));
  return found;
}

const ranges = new WeakMap<Float32Array, Map<number, readonly [number, number]>>();

function fallback(middle: number): readonly [number, number] {
  return Number.isFinite(middle) ? [middle - 1, middle + 1] : [-1, 1];
}

/** Densities in bins of one coordinate of rows [n, dim]; found once for each array. */
export function binned(rows: Float32Array, dim: number, axis: number, [low, high]: readonly [number, number]): readonly number[] {
  const key = `${axis} ${low} ${high}`;
  const known = bins.get(rows)?.get(key);
  if (known) return known;
  const values = column(rows, dim, axis);
  const found = histogram(values, low, high, binCount(values.length));
  const ofRows = bins.get(rows) ?? new Map<string, readonly number[]>();
  bins.set(rows, ofRows.set(key, found));
  return found;
}

const bins = new WeakMap<Float32Array, Map<string, readonly number[]>>();
