import type { Distribution } from '../../data/distribution';
import type { ScoreField, Scores } from './scoreField';

/**
 * Step of the differences in units of the scale: the fourth root of float64's precision balances the rounding of second differences
 * with their truncation. Scores are then good to about 1e-8 and Laplacians to 1e-7 of their size on a scale of one.
 */
const relativeStep = 1.2e-4;

/**
 * A known density as a field, in float64: score and Laplacian by central differences, 2 dim + 1 densities a row. Where a density jumps to
 * nothing they are not finite.
 * @param scale [dim], a length over which the density is smooth in each coordinate
 */
export function distributionField(distribution: Distribution, scale: readonly number[]): ScoreField {
  const { dim } = distribution;
  return {
    dim,
    at: (rows): Promise<Scores> => {
      const logDensity = distribution.logDensity(rows);
      const score = new Float64Array(rows.length);
      const laplacian = new Float64Array(logDensity.length);
      for (let j = 0; j < dim; j++) {
        const step = relativeStep * scale[j]!;
        const moved = (sign: number): Float64Array => distribution.logDensity(rows.map((x, i) => (i % dim === j ? x + sign * step : x)));
        const [above, below] = [moved(1), moved(-1)];
        for (let i = 0; i < laplacian.length; i++) {
          score[i * dim + j] = (above[i]! - below[i]!) / (2 * step);
          laplacian[i]! += (above[i]! - 2 * logDensity[i]! + below[i]!) / step ** 2;
        }
      }
      return Promise.resolve({ logDensity, score, laplacian });
    },
  };
}
