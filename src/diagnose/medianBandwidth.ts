import type { Random } from '../shared/random';
import { chosenRows } from './chosenRows';

/** Above this many rows the median is taken over as many drawn without replacement. Own choice: half a million distances. */
const exactRows = 1000;

/**
 * The median of the distances between rows of points [n, dim] (Gretton et al. 2012, section 8): the bandwidth l of both kernels.
 * Where half the distances or more are zero it is the median of the others; 1 where all points are equal. Exact up to 1,000
 * rows, on a random subset above: the stream `random` decides which.
 */
export function medianBandwidth(points: Float64Array, dim: number, random: Random): number {
  const rows = chosenRows(points.length / dim, exactRows, random);
  const squared = new Float64Array((rows.length * (rows.length - 1)) / 2);
  let count = 0;
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b < a; b++) {
      let total = 0;
      for (let k = 0; k < dim; k++) total += (points[rows[a]! * dim + k]! - points[rows[b]! * dim + k]!) ** 2;
      squared[count++] = total;
    }
  }
  squared.sort();
  const overall = median(squared);
  if (overall > 0) return overall;
  const distinct = median(squared.filter((v) => v > 0));
  return distinct > 0 ? distinct : 1;
}

/** The square root of the middle of sorted squares; the mean of the middle two roots where their number is even. */
function median(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? Math.sqrt(sorted[half]!) : (Math.sqrt(sorted[half - 1]!) + Math.sqrt(sorted[half]!)) / 2;
}
