/**
 * From an energy to a normalised, corrected density: steps two and three of the mixture Fisher divergence
 * (Zhang et al., "Towards Healing the Blindness of Score Matching").
 */

import type { WeightedPoints } from './points';

/** What exp(-E) is: the model itself, or the bridged density beta p + (1 - beta) m. */
export interface Bridge {
  readonly beta: number;
  /** log m at the points. */
  readonly logMixing: Float64Array;
}

export interface Estimate {
  readonly value: number;
  /** Standard error of draws, or discretisation error of a grid. */
  readonly stdErr: number;
}

export interface ModelDensity {
  /** log of the integral of exp(-E). */
  readonly logZ: Estimate;
  /** Integral of the negative part that the correction clamps; 0 without a bridge. */
  readonly negativeMass: number;
  /** Integral of the corrected density before it is renormalised. */
  readonly clampedMass: number;
  /** log p_theta at the points, normalised. */
  readonly logDensity: Float64Array;
  /** Effective sample size of the weights exp(-E), as a share of the points. */
  readonly effectiveShare: number;
}

/**
 * Where the correction would make the density negative or tiny, it stays at this share of the bridged model: the log
 * density is finite everywhere, and what is added is far below the error of the fit. Own choice.
 */
export const densityFloor = 1e-3;

/** log sum of weights[i] exp(values[i]) over the points that `keep` lets through. */
export function logIntegral(values: Float64Array, weights: Float64Array, keep: (i: number) => boolean = () => true): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) if (keep(i) && weights[i]! > 0) largest = Math.max(largest, values[i]!);
  if (largest === -Infinity) return -Infinity;
  let total = 0;
  for (let i = 0; i < values.length; i++) if (keep(i)) total += weights[i]! * Math.exp(values[i]! - largest);
  return largest + Math.log(total);
}

/** Value of an estimator with its error from groups: jackknife over draws, half the spread of the two interleaved grids. */
export function withError(points: WeightedPoints, estimator: (keep: (i: number) => boolean, share: number) => number): Estimate {
  const { groups, groupCount: count } = points;
  const value = estimator(() => true, 1);
  const parts = Array.from({ length: count }, (_, g) =>
    points.kind === 'draws' ? estimator((i) => groups[i] !== g, (count - 1) / count) : estimator((i) => groups[i] === g, 1 / count),
  );
  if (points.kind === 'grid') return { value, stdErr: Math.abs(parts[0]! - parts[1]!) / 2 };
  const mean = parts.reduce((a, b) => a + b, 0) / count;
  const spread = parts.reduce((a, b) => a + (b - mean) ** 2, 0);
  return { value, stdErr: Math.sqrt(((count - 1) / count) * spread) };
}

/** log p_theta of a point from its energy; undefined bridge means exp(-E) / Z itself. `logMass` is log of the clamped mass. */
export function correctedLogDensity(energy: number, logZ: number, logMass: number, bridge?: { beta: number; logMixing: number }): number {
  const logModel = -energy - logZ;
  if (!bridge) return logModel - logMass;
  const share = Math.max(1 - (1 - bridge.beta) * Math.exp(bridge.logMixing - logModel), densityFloor);
  return logModel + Math.log(share) - Math.log(bridge.beta) - logMass;
}

/** Normaliser, correction and negative mass of a model whose energies at the points are given. */
export function modelDensity(points: WeightedPoints, energies: Float64Array, bridge?: Bridge): ModelDensity {
  const negative = energies.map((e) => -e);
  const logZ = withError(points, (keep, share) => logIntegral(negative, points.weights, keep) - Math.log(share));
  const at = (i: number): { beta: number; logMixing: number } | undefined =>
    bridge && { beta: bridge.beta, logMixing: bridge.logMixing[i]! };
  const logDensity = energies.map((e, i) => correctedLogDensity(e, logZ.value, 0, at(i)));
  const logMass = logIntegral(logDensity, points.weights);
  let negativeMass = 0;
  let [first, second] = [0, 0];
  for (let i = 0; i < points.count; i++) {
    const model = Math.exp(negative[i]! - logZ.value);
    const weight = points.weights[i]! * model;
    first += weight;
    second += weight * weight;
    if (bridge)
      negativeMass += (points.weights[i]! * Math.max(0, (1 - bridge.beta) * Math.exp(bridge.logMixing[i]!) - model)) / bridge.beta;
    logDensity[i]! -= logMass;
  }
  return { logZ, negativeMass, clampedMass: Math.exp(logMass), logDensity, effectiveShare: (first * first) / second / points.count };
}
