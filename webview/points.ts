/** Rows of many coordinates as points of a plane. */

import type { Maps } from '../src/shared/plot/arrows';

/** Pixels x, y, x, y, ... of two coordinates of rows [n, dim]. */
export function project(rows: Float32Array, dim: number, [first, second]: readonly [number, number], { x, y }: Maps): Float32Array {
  const count = Math.floor(rows.length / dim);
  const points = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    points[2 * i] = x(rows[i * dim + first]!);
    points[2 * i + 1] = y(rows[i * dim + second]!);
  }
  return points;
}

/** One coordinate of rows [n, dim]. */
export function column(rows: Float32Array, dim: number, axis: number): Float32Array {
  const count = Math.floor(rows.length / dim);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = rows[i * dim + axis]!;
  return values;
}

/** Size and opacity of that many points on about that many pixels: few are plain to see, many stay a cloud. */
export function dotStyle(count: number, pixels: number): { readonly size: number; readonly opacity: number } {
  const crowding = count / Math.max(1, pixels / 40);
  const size = crowding < 0.5 ? 2.6 : crowding < 3 ? 2 : 1.5;
  return { size, opacity: Math.min(0.85, Math.max(0.28, 0.8 / Math.sqrt(Math.max(1, crowding)))) };
}
