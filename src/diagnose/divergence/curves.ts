/** Divergences against a mode's weight: Figures 1c and 2c of "Towards Healing the Blindness of Score Matching". */

import type { ResolvedMixing } from '../../data/mixing';
import type { Cloud } from '../cloud';
import type { Estimate } from '../density';
import { mixingScores } from '../fields/mixingScores';
import { fisher, kullbackLeibler } from './divergences';
import type { Memberships } from './logRatio';
import { bridgedCloud, bridgedFisher } from './mixtureFisher';
import { WeightPath } from './weightPath';

export interface Bridging {
  readonly mixing: ResolvedMixing;
  readonly beta: number;
}

export interface DivergenceCurves {
  /** The weight of the mode in q at every point. */
  readonly alpha: readonly number[];
  readonly fisher: readonly Estimate[];
  readonly kl: readonly Estimate[];
  /** One list for each bridging that was asked for. */
  readonly mixtureFisher: readonly (readonly Estimate[])[];
  /** The weight at which each curve is least, among `alpha`. */
  readonly least: { readonly fisher: number; readonly kl: number; readonly mixtureFisher: readonly number[] };
}

/** 0, .01, ..., 1: the grid of the paper. */
export const paperGrid: readonly number[] = Array.from({ length: 101 }, (_, i) => i / 100);

/** The weight at which a curve is least. */
export function leastAt(alpha: readonly number[], curve: readonly Estimate[]): number {
  const values = curve.map(({ value }) => (Number.isFinite(value) ? value : Infinity));
  return alpha[values.indexOf(Math.min(...values))] ?? NaN;
}

/**
 * FD, KL and MFD of p from q_alpha, which is p with the weight of one mode moved to alpha and the others in proportion.
 * @param weights p's weights, [modes]
 */
export function divergenceCurves(
  cloud: Cloud,
  memberships: Memberships,
  weights: readonly number[],
  { mode, alpha = paperGrid, bridgings = [] }: { mode: number; alpha?: readonly number[]; bridgings?: readonly Bridging[] },
): DivergenceCurves {
  const bridged = bridgings.map(({ mixing, beta }) => bridgedCloud(cloud, mixingScores(mixing, cloud.points.points), beta));
  const path = new WeightPath(cloud, memberships, mode, weights[mode]!);
  const curve = { fisher: [] as Estimate[], kl: [] as Estimate[], mixtureFisher: bridgings.map((): Estimate[] => []) };
  for (const a of alpha) {
    const ratio = path.ratio(a);
    curve.fisher.push(fisher(cloud, ratio));
    curve.kl.push(kullbackLeibler(cloud, ratio));
    bridged.forEach((pair, b) => curve.mixtureFisher[b]!.push(bridgedFisher(pair, ratio)));
  }
  return {
    alpha,
    ...curve,
    least: {
      fisher: leastAt(alpha, curve.fisher),
      kl: leastAt(alpha, curve.kl),
      mixtureFisher: curve.mixtureFisher.map((values) => leastAt(alpha, values)),
    },
  };
}
