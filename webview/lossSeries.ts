/** The loss of one run, growing. */

import type { LossPoints } from '../src/shared/protocol';
import { extended } from './growing';

/** A prefix of `length` points of buffers that later series share: appending is cheap, and no series changes once made. */
export interface LossSeries {
  readonly length: number;
  readonly steps: Float64Array;
  readonly losses: Float64Array;
  readonly gradientNorms: Float64Array;
}

export function lossSeries(points: LossPoints): LossSeries {
  return { length: points.steps.length, steps: points.steps, losses: points.losses, gradientNorms: points.gradientNorms };
}

/** The series with the points whose steps lie beyond its last. Only the newest series of a run may be appended to. */
export function append(series: LossSeries, points: LossPoints): LossSeries {
  const last = series.length === 0 ? -Infinity : series.steps[series.length - 1]!;
  let first = 0;
  while (first < points.steps.length && points.steps[first]! <= last) first++;
  const added = points.steps.length - first;
  if (added === 0) return series;
  const length = series.length + added;
  const grow = (old: Float64Array, fresh: Float64Array): Float64Array => extended(old, series.length, fresh.subarray(first));
  return {
    length,
    steps: grow(series.steps, points.steps),
    losses: grow(series.losses, points.losses),
    gradientNorms: grow(series.gradientNorms, points.gradientNorms),
  };
}
