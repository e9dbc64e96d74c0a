import { ParameterChecks } from '../parameters';
import { gaussianMixture } from './gaussianMixture';
import type { Distribution } from '../distribution';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'grid25' }>;

/** Narrow modes at distance one: the 25-Gaussians test of mode coverage (Dumoulin et al. 2017, arXiv 1606.00704), halved in scale. */
export const defaultGrid25: Spec = { kind: 'grid25', spacing: 1, std: 0.05 };

/**
 * Twenty-five equal isotropic Gaussians on a 5 by 5 grid centred at the origin.
 * @throws DataError for parameters that are no grid
 */
export function grid25({ spacing, std }: Spec): Distribution {
  const checks = new ParameterChecks('data.grid25');
  checks.positive('spacing', spacing);
  const steps = [-2, -1, 0, 1, 2].map((step) => step * spacing);
  const means = steps.flatMap((x) => steps.map((y) => [x, y]));
  return gaussianMixture({ means, std: [std], weights: means.map(() => 1 / means.length) }, checks);
}
