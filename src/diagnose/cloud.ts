/** A normalised density at weighted points: what integrals under it are taken from. */

import { type Estimate, logIntegral, withError } from './density';
import type { Scores } from './fields/scoreField';
import type { WeightedPoints } from './points';

export interface Cloud extends Scores {
  readonly points: WeightedPoints;
  /** Probability of every point, summing to one: an expectation is the sum of mass times value. */
  readonly mass: Float64Array;
  /** log of the integral of what the field gave; `logDensity` here has it taken off. */
  readonly logZ: Estimate;
  /** Effective number of points, (sum mass)^2 / sum mass^2. */
  readonly effective: number;
}

/** A density at points, normalised over them. Rows whose values are not finite count as empty. */
export function cloudOf(points: WeightedPoints, scores: Scores): Cloud {
  const raw = scores.logDensity.map((l) => (Number.isNaN(l) ? -Infinity : l));
  const logZ = withError(points, (keep, share) => logIntegral(raw, points.weights, keep) - Math.log(share));
  const logDensity = raw.map((l) => l - logZ.value);
  const mass = logDensity.map((l, i) => points.weights[i]! * Math.exp(l));
  const squares = mass.reduce((total, m) => total + m * m, 0);
  return { ...scores, points, logDensity, mass, logZ, effective: 1 / squares };
}

/** Expectation of a value a point under the cloud's density. */
export function expectation({ mass }: Cloud, value: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < mass.length; i++) if (mass[i]! > 0) total += mass[i]! * value(i);
  return total;
}

/** Sum of mass times value with its error, where `estimate` makes a figure of a sum, its mass and its share of the groups. */
function withGroups(
  { mass, points }: Pick<Cloud, 'mass' | 'points'>,
  value: (i: number) => number,
  estimate: (sum: number, weight: number, share: number) => number,
): Estimate {
  const { groups, groupCount, kind } = points;
  const [sums, weights] = [new Float64Array(groupCount), new Float64Array(groupCount)];
  for (let i = 0; i < mass.length; i++) {
    if (!(mass[i]! > 0)) continue;
    sums[groups[i]!]! += mass[i]! * value(i);
    weights[groups[i]!]! += mass[i]!;
  }
  const sum = sums.reduce((a, b) => a + b, 0);
  const weight = weights.reduce((a, b) => a + b, 0);
  const whole = estimate(sum, weight, 1);
  if (kind === 'grid') {
    const [a, b] = [0, 1].map((g) => estimate(sums[g]!, weights[g]!, 0.5)) as [number, number];
    return { value: whole, stdErr: Math.abs(a - b) / 2 };
  }
  const parts = sums.map((s, g) => estimate(sum - s, weight - weights[g]!, (groupCount - 1) / groupCount));
  const mean = parts.reduce((a, b) => a + b, 0) / groupCount;
  const spread = parts.reduce((a, b) => a + (b - mean) ** 2, 0);
  return { value: whole, stdErr: Math.sqrt(((groupCount - 1) / groupCount) * spread) };
}

/** Expectation with its error: jackknife over draws, difference of interleaved grids on a grid. The masses need not sum to one. */
export function expectationWithError(cloud: Cloud, value: (i: number) => number): Estimate {
  return withGroups(cloud, value, (sum, weight) => sum / weight);
}

/** Integral of mass times value with its error, where the masses are right as they are: a density that the points hold in part. */
export function integralWithError(cloud: Pick<Cloud, 'mass' | 'points'>, value: (i: number) => number): Estimate {
  return withGroups(cloud, value, (sum, _, share) => sum / share);
}
