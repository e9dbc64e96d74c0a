import type { Random } from '../../shared/random';
import { type Cloud, cloudOf } from '../cloud';
import { type GaussianComponents, noised, partsAt } from '../fields/gaussianComponents';
import { gaussianField } from '../fields/gaussianField';
import { fittedBox } from '../gridCloud';
import { drawnPoints } from '../points';
import { fisher } from './divergences';
import { type LogRatio, membershipsOf, reweighted } from './logRatio';
import { refinedCloud } from './refinedCloud';
import type { NoisedFisher } from './spectrum';

const drawCount = 20_000;

/** Draws of the mixture of all components, [n, dim]. */
export function drawComponents({ dim, means, std, logWeights }: GaussianComponents, n: number, random: Random): Float64Array {
  const weights = logWeights.map(Math.exp);
  const total = weights.reduce((a, b) => a + b, 0);
  const out = new Float64Array(n * dim);
  for (let i = 0; i < n; i++) {
    let left = random.uniform() * total;
    let j = 0;
    while (j < weights.length - 1 && left >= weights[j]!) left -= weights[j++]!;
    for (let c = 0; c < dim; c++) out[i * dim + c] = means[j * dim + c]! + std[j * dim + c]! * random.normal();
  }
  return out;
}

/**
 * FD of two Gaussian mixtures with the same components and weights `from`, `to` of the parts, after noise: convolved exactly, by
 * quadrature in one or two dimensions, from draws above.
 */
export function noisedGaussians(
  components: GaussianComponents,
  from: readonly number[],
  to: readonly number[],
  random: Random,
): NoisedFisher {
  const { dim, means } = components;
  return async (variance) => {
    const blurred = noised(components, variance);
    const field = gaussianField(blurred);
    const ratioOn = (cloud: Cloud): LogRatio => reweighted(cloud, membershipsOf(partsAt(blurred, cloud.points.points)), from, to);
    if (dim > 2) {
      const rows = drawComponents(blurred, drawCount, random);
      const scores = await field.at(rows);
      const cloud = cloudOf(drawnPoints(rows, dim, scores.logDensity), scores);
      return fisher(cloud, ratioOn(cloud));
    }
    const margin = 3 * blurred.std.reduce((a, b) => Math.max(a, b), 0);
    const along = (j: number): number[] => Array.from(means).filter((_, i) => i % dim === j);
    const axes = Array.from({ length: dim }, (_, j) => along(j));
    const box = await fittedBox(field, {
      low: axes.map((m) => Math.min(...m) - margin),
      high: axes.map((m) => Math.max(...m) + margin),
    });
    const { cloud } = await refinedCloud(field, box, (c) => [fisher(c, ratioOn(c))]);
    return fisher(cloud, ratioOn(cloud));
  };
}
