/** Noise levels of a score network, chosen from the data where the user names none. */

import type { NoiseSpec } from '../../energy/traced';
import { normalCdf } from '../../shared/normalDistribution';

/** Rows of the data that are looked at. */
export const levelRows = 500;
const smallestShare = 0.01;

/** The largest distance between two of the rows [n, dim]. */
function diameter(rows: Float64Array, dim: number): number {
  let largest = 0;
  for (let i = 0; i < rows.length; i += dim) {
    for (let j = 0; j < i; j += dim) {
      let squared = 0;
      for (let k = 0; k < dim; k++) squared += (rows[i + k]! - rows[j + k]!) ** 2;
      largest = Math.max(largest, squared);
    }
  }
  return Math.sqrt(largest);
}

/** Share of the noise of one level that the next one, `ratio` times smaller, sees: technique 2 asks for about a half. */
function overlap(dim: number, ratio: number): number {
  const centre = Math.sqrt(2 * dim) * (ratio - 1);
  return normalCdf(centre + 3 * ratio) - normalCdf(centre - 3 * ratio);
}

const wantedOverlap = 0.5;
/** In few dimensions any ratio overlaps; the paths of annealed particles want neighbours that are close. Own choice. */
const largestRatio = 1.6;

/** The largest ratio of neighbouring levels at which they overlap well (Song and Ermon 2020, technique 2). */
function levelRatio(dim: number): number {
  let [low, high] = [1, largestRatio];
  for (let round = 0; round < 60; round++) {
    const middle = Math.sqrt(low * high);
    if (overlap(dim, middle) >= wantedOverlap) low = middle;
    else high = middle;
  }
  return low;
}

const mostLevels = 200;

/**
 * Geometric noise levels from the largest to the smallest, in standardised coordinates.
 *
 * @param rows of the data, standardised
 * @param scale of the standardisation, the same in all coordinates
 */
export function noiseLevels(spec: NoiseSpec, rows: Float64Array, scale: Float64Array): number[] {
  const dim = scale.length;
  const unit = scale[0] ?? 1;
  const smallest = spec.smallest === null ? smallestShare : spec.smallest / unit;
  const largest = Math.max(spec.largest === null ? diameter(rows, dim) : spec.largest / unit, smallest);
  const span = Math.log(largest / smallest);
  const count = spec.levels ?? Math.min(1 + Math.ceil(span / Math.log(levelRatio(dim))), mostLevels);
  return Array.from({ length: count }, (_, i) => largest * Math.exp(count > 1 ? (-span * i) / (count - 1) : 0));
}
