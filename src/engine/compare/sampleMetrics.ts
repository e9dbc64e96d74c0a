/** Distances of two samples, each the same function of any two sets of rows. */

import { energyDistance } from '../../diagnose/metrics/energyDistance';
import { mmd } from '../../diagnose/metrics/mmd';
import { histogram, totalVariation } from '../../diagnose/metrics/totalVariation';
import { wassersteinExact } from '../../diagnose/metrics/wasserstein';
import { medianBandwidth } from '../../diagnose/medianBandwidth';
import type { GridAxes } from '../../diagnose/points';
import type { Random } from '../../shared/random';

export const sampleMetricNames = ['w2', 'mmd', 'energyDistance', 'totalVariation'] as const;
export type SampleMetricName = (typeof sampleMetricNames)[number];
export type SampleMetric = (x: Float64Array, y: Float64Array) => number;

/** Cells of a coordinate of the histograms, by dimension: 1, 2. Coarse, for a sample of a thousand fills few cells. */
const histogramCells = [40, 12];

function boxOf(data: Float64Array, dim: number): GridAxes {
  const along = (j: number): Float64Array => data.filter((_, i) => i % dim === j);
  const edges = Array.from(
    { length: dim },
    (_, j) => [along(j).reduce((a, b) => Math.min(a, b)), along(j).reduce((a, b) => Math.max(a, b))] as const,
  );
  return { low: edges.map(([low]) => low), high: edges.map(([, high]) => high), cells: edges.map(() => histogramCells[dim - 1]!) };
}

/**
 * W2 exact by assignment, MMD (the root of its unbiased square, 0 where that is negative) with the data's median distance, energy
 * distance, and total variation of histograms on the data's box with all that is outside in a cell of its own. The last is null above
 * two dimensions, where cells stay empty.
 * @param data rows [n, dim] that fix bandwidth and box for all comparisons
 */
export function sampleMetrics(data: Float64Array, dim: number, random: Random): Readonly<Record<SampleMetricName, SampleMetric | null>> {
  const bandwidth = medianBandwidth(data, dim, random);
  const axes = dim <= 2 ? boxOf(data, dim) : null;
  return {
    w2: (x, y) => wassersteinExact(x, y, dim, 2),
    mmd: (x, y) => Math.sqrt(Math.max(0, mmd(x, y, dim, bandwidth).u)),
    energyDistance: (x, y) => energyDistance(x, y, dim),
    totalVariation: axes && ((x, y) => totalVariation(histogram(x, axes), histogram(y, axes))),
  };
}
