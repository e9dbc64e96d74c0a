/** What a sampler has said of itself, growing. */

import type { SampleHistory } from '../../src/shared/panelProtocol';
import { extended } from '../growing';

/** A prefix of `length` points of buffers that later series share, as those of the loss. */
export interface SampleSeries {
  readonly length: number;
  readonly steps: Float64Array;
  /** Values of each figure at the steps; NaN where the sampler did not say it. */
  readonly figures: Readonly<Record<string, Float64Array>>;
  /** Share of the particles in each mode at the steps. */
  readonly shares: readonly Float64Array[];
}

export function sampleSeries({ steps, figures, shares }: SampleHistory): SampleSeries {
  return { length: steps.length, steps, figures, shares };
}

/** The series with the points whose steps lie beyond its last. Only the newest series of a run may be appended to. */
export function appendSamples(series: SampleSeries, { steps, figures, shares }: SampleHistory): SampleSeries {
  const last = series.length === 0 ? -Infinity : series.steps[series.length - 1]!;
  let first = 0;
  while (first < steps.length && steps[first]! <= last) first++;
  const added = steps.length - first;
  if (added === 0) return series;
  const unknown = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN);
  const grow = (old: Float64Array | undefined, fresh: Float64Array | undefined): Float64Array =>
    extended(old ?? unknown(series.length), series.length, fresh?.subarray(first) ?? unknown(added));
  const names = new Set([...Object.keys(series.figures), ...Object.keys(figures)]);
  const modes = Math.max(series.shares.length, shares.length);
  return {
    length: series.length + added,
    steps: grow(series.steps, steps),
    figures: Object.fromEntries([...names].map((name) => [name, grow(series.figures[name], figures[name])])),
    shares: Array.from({ length: modes }, (_, mode) => grow(series.shares[mode], shares[mode])),
  };
}
