/** .2 N(-mu, 1) + .8 N(mu, 1) and the same with other weights: the example of both papers. */

import type { Cloud } from '../../src/diagnose/cloud';
import type { Estimate } from '../../src/diagnose/density';
import { fisher, kullbackLeibler } from '../../src/diagnose/divergence/divergences';
import { type LogRatio, membershipsOf, reweighted } from '../../src/diagnose/divergence/logRatio';
import { refinedCloud } from '../../src/diagnose/divergence/refinedCloud';
import { componentsOf, type GaussianComponents, partsAt } from '../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../src/diagnose/fields/gaussianField';
import { fittedBox } from '../../src/diagnose/gridCloud';

export const weights = [0.2, 0.8] as const;
export const swapped = [0.8, 0.2] as const;

export function twoModes(mu: number): GaussianComponents {
  return componentsOf([[-mu], [mu]], [1], weights);
}

/** u = log(q / p) on a cloud of the components, q with the weights swapped. */
export function swappedRatio(components: GaussianComponents, cloud: Cloud): LogRatio {
  return reweighted(cloud, membershipsOf(partsAt(components, cloud.points.points)), weights, swapped);
}

/** A grid on which FD and KL to the swapped weights are accurate, and both. */
export async function measuredPair(
  components: GaussianComponents,
): Promise<{ readonly cloud: Cloud; readonly fisher: Estimate; readonly kl: Estimate }> {
  const field = gaussianField(components);
  const reach = components.means.reduce((a, b) => Math.max(a, Math.abs(b)), 0) + 1;
  const both = (cloud: Cloud): [Estimate, Estimate] => {
    const ratio = swappedRatio(components, cloud);
    return [fisher(cloud, ratio), kullbackLeibler(cloud, ratio)];
  };
  const { cloud } = await refinedCloud(field, await fittedBox(field, { low: [-reach], high: [reach] }), both);
  const [divergence, kl] = both(cloud);
  return { cloud, fisher: divergence, kl };
}
