/** Small line charts, all alike. */

import { lineChart, type Series } from '../../src/runs/report/lineChart';
import type { Markup } from '../../src/runs/report/markup';
import { thin } from '../../src/shared/plot/statistics';

/** Points of a line from two arrays, thinned to what a small picture can show. */
export function line(x: ArrayLike<number>, y: ArrayLike<number>, className: string, most = 500): Series {
  const points = Array.from({ length: x.length }, (_, i) => [x[i] ?? NaN, y[i] ?? NaN] as const);
  return { points: thin(points, most), className };
}

/** A five-pointed star around a point, in units of the axes. */
export function star(x: number, y: number, width: number, height: number, className: string): Series {
  const corner = (i: number): readonly [number, number] => {
    const [radius, angle] = [i % 2 === 0 ? 1 : 0.42, (Math.PI * i) / 5];
    return [x + width * radius * Math.sin(angle), y + height * radius * Math.cos(angle)];
  };
  return { points: Array.from({ length: 11 }, (_, i) => corner(i)), className };
}

export interface Chart {
  readonly label: string;
  readonly series: readonly Series[];
  readonly axes: readonly [x: string, y: string];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logY?: boolean;
  readonly size?: readonly [width: number, height: number];
}

export function chart({ label, series, axes, x, y, logY = false, size = [310, 230] }: Chart): Markup {
  return lineChart({ label, width: size[0], height: size[1], series, axes: { x: axes[0], y: axes[1] }, x, y, logY, left: 46 });
}
