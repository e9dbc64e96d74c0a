import { distributionField } from '../../diagnose/fields/distributionField';
import { gaussianField } from '../../diagnose/fields/gaussianField';
import type { ScoreField } from '../../diagnose/fields/scoreField';
import type { DataSource } from './source';
import type { Standardization } from './standardization';

/**
 * The exact score of the data with Gaussian noise, in the user's units, where it has a formula: Gaussian mixtures with any noise, the other
 * known distributions without. Null where it has none.
 *
 * @param noise standard deviation of the noise in each coordinate, in the user's units
 */
export function trueScore({ distribution, mixture }: DataSource, noise: readonly number[], { scale }: Standardization): ScoreField | null {
  if (mixture) return gaussianField({ ...mixture, std: mixture.std.map((std, i) => Math.hypot(std, noise[i % mixture.dim] ?? 0)) });
  return distribution && noise.every((sigma) => sigma === 0) ? distributionField(distribution, Array.from(scale)) : null;
}
