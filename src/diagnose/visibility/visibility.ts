/** What an objective sees of the modes' weights: O(p || p_a) / KL(p || p_a) for a tilt p_a that moves mass between modes. */

import type { ResolvedMixing } from '../../data/mixing';
import { type Cloud, expectation } from '../cloud';
import { bridgedPair } from '../divergence/bridge';
import { fisher, fisherIntegral, kullbackLeibler, lossDeviation } from '../divergence/divergences';
import { type LogRatio, type Memberships, modeMasses, tilted } from '../divergence/logRatio';
import { mixingScores } from '../fields/mixingScores';
import { leastVisibleTilt } from './leastVisible';

/** The heavier side of the tilt gives this share of its mass to the other. Own choice: a change nobody would overlook. */
export const movedShare = 0.3;

/** One objective under one change of the weights. */
export interface Seen {
  /** Change of the loss, O(p || p_a). */
  readonly change: number;
  /** Standard deviation of the change over single rows: over the square root of the rows it is the loss's sampling noise. */
  readonly deviation: number;
  /** change / KL, in units of 1 / length^2. */
  readonly visibility: number;
}

export interface WeightTilt {
  /** a, [modes]. */
  readonly tilt: readonly number[];
  /** Modes that lose mass and modes that gain it. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly ratio: LogRatio;
  readonly kl: number;
}

/** Mass of each mode under the tilt where modes do not overlap. */
function tiltedMasses(masses: readonly number[], tilt: readonly number[], size: number): number[] {
  const raw = masses.map((w, k) => w * Math.exp(size * tilt[k]!));
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((r) => r / total);
}

/**
 * The least visible tilt of the weights, at the size at which its heavier side loses 30 % of its mass. It is finite, not a limit, so that
 * it can be said in words: "moving 30 % of the mass of mode 1 to mode 2 changes the loss by ...". At least two modes.
 */
export function weightTilt(cloud: Cloud, memberships: Memberships): WeightTilt {
  const masses = modeMasses(cloud, memberships);
  const { tilt: direction } = leastVisibleTilt(cloud, memberships);
  const mean = masses.reduce((t, w, k) => t + w * direction[k]!, 0);
  const centred = direction.map((a) => a - mean);
  const massOf = (list: readonly number[], modes: readonly number[]): number => modes.reduce((t, k) => t + list[k]!, 0);
  const sides = [centred.flatMap((a, k) => (a > 0 ? [k] : [])), centred.flatMap((a, k) => (a > 0 ? [] : [k]))] as const;
  const heavier = massOf(masses, sides[0]) > massOf(masses, sides[1]) ? 0 : 1;
  const [from, to] = [sides[heavier], sides[1 - heavier]!];
  const away = heavier === 0 ? centred.map((a) => -a) : centred;
  const wanted = (1 - movedShare) * massOf(masses, from);
  let [low, high] = [0, 1];
  while (massOf(tiltedMasses(masses, away, high), from) > wanted && high < 1e6) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (massOf(tiltedMasses(masses, away, middle), from) > wanted) low = middle;
    else high = middle;
  }
  const tilt = away.map((a) => a * high);
  const ratio = tilted(cloud, memberships, tilt);
  return { tilt, from, to, ratio, kl: kullbackLeibler(cloud, ratio).value };
}

/** How the Fisher divergence sees a tilt. */
export function seenByFisher(cloud: Cloud, { ratio, kl }: WeightTilt): Seen {
  const change = fisher(cloud, ratio).value;
  return { change, deviation: lossDeviation(cloud, ratio), visibility: change / kl };
}

/** How the mixture Fisher divergence sees a tilt. The deviation is over rows of the bridged data. */
export function seenByMixture(cloud: Cloud, { ratio, kl }: WeightTilt, mixing: ResolvedMixing, beta: number): Seen {
  const pair = bridgedPair(cloud, ratio, mixingScores(mixing, cloud.points.points), beta);
  const change = fisherIntegral(pair.cloud, pair.ratio).value;
  return { change, deviation: lossDeviation(pair.cloud, pair.ratio), visibility: change / kl };
}

/**
 * E|s_p|^2 / dim, the Fisher information a coordinate: about what FD / KL is for a change of the modes' shape. A Gaussian moved by d has
 * FD = d^2 / (2 s^4) and KL = d^2 / (2 s^2), and Fisher information 1 / s^2.
 */
export function shapeVisibility(cloud: Cloud): number {
  const { dim } = cloud.points;
  return expectation(cloud, (i) => {
    let total = 0;
    for (let c = 0; c < dim; c++) total += cloud.score[i * dim + c]! ** 2 / dim;
    return total;
  });
}
