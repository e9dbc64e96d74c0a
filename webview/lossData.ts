/** The loss made fit to be drawn: smoothed, and thinned to what a screen can show. */

import { movingAverage } from '../src/shared/plot/statistics';
import type { LossSeries } from './lossSeries';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** Half the width of the smoothing window, for a strength of 0 (none) to 100 (a tenth of the curve). */
export function smoothingHalf(strength: number, length: number): number {
  return Math.round((strength / 100) ** 1.5 * 0.1 * length);
}

/** Centred moving average of the first `length` values. */
export function smooth(values: Float64Array, length: number, strength: number): ArrayLike<number> {
  const half = smoothingHalf(strength, length);
  return half === 0 ? values : movingAverage(values.subarray(0, length), half);
}

/** How many losses of a series are not finite, and the step of the first. */
export function notFinite({ steps, losses, length }: LossSeries): { readonly count: number; readonly first: number | undefined } {
  let [count, first] = [0, -1];
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(losses[i]!)) continue;
    if (count++ === 0) first = i;
  }
  return { count, first: first < 0 ? undefined : steps[first] };
}

/**
 * At most about `most` points of a curve: of each stretch of x its least and its greatest value, in their order, so that no spike is lost.
 * Stretches are equal on the axis drawn, which may be logarithmic. Values that are not finite are left out.
 */
export function decimate(xs: ArrayLike<number>, ys: ArrayLike<number>, length: number, most: number, logarithmic: boolean): CurvePoint[] {
  const place = (x: number): number => (logarithmic ? Math.log(Math.max(1, x)) : x);
  const points: CurvePoint[] = [];
  if (length <= most) {
    for (let i = 0; i < length; i++) if (Number.isFinite(ys[i]!)) points.push({ x: xs[i]!, y: ys[i]! });
    return points;
  }
  const start = place(xs[0]!);
  const width = (place(xs[length - 1]!) - start) / Math.max(1, Math.floor(most / 2)) || 1;
  let [bucket, low, high] = [-1, -1, -1];
  const flush = (): void => {
    if (low < 0) return;
    const [first, second] = low < high ? [low, high] : [high, low];
    points.push({ x: xs[first]!, y: ys[first]! });
    if (second !== first) points.push({ x: xs[second]!, y: ys[second]! });
  };
  for (let i = 0; i < length; i++) {
    const y = ys[i]!;
    if (!Number.isFinite(y)) continue;
    const here = Math.floor((place(xs[i]!) - start) / width);
    if (here !== bucket) {
      flush();
      [bucket, low, high] = [here, i, i];
    } else {
      if (y < ys[low]!) low = i;
      if (y > ys[high]!) high = i;
    }
  }
  flush();
  return points;
}

/**
 * What is taken off values so that they have a logarithm: nothing where all are positive, else a little more than the least of them.
 * @returns the offset to subtract
 */
export function logOffset(curves: readonly (readonly CurvePoint[])[]): number {
  let least = Infinity;
  let most = -Infinity;
  for (const curve of curves) {
    for (const { y } of curve) {
      least = Math.min(least, y);
      most = Math.max(most, y);
    }
  }
  return least > 0 || !Number.isFinite(least) ? 0 : least - Math.max(1e-6, 0.002 * (most - least));
}
