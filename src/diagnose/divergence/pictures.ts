/** Densities and scores of a pair and of its bridged pair: Figures 1a, 1b, 2a and 2b of "Towards Healing the Blindness of Score Matching". */

import type { Cloud } from '../cloud';
import { mixingScores } from '../fields/mixingScores';
import { bridgedPair } from './bridge';
import type { Bridging } from './curves';
import type { LogRatio } from './logRatio';

/** One density on a grid. */
export interface DensityPicture {
  /** [n], row-major with the last coordinate slowest. */
  readonly density: Float64Array;
  /** [n, dim]. */
  readonly score: Float64Array;
}

export interface PairPictures {
  /** Row-major [n, dim]. */
  readonly points: Float64Array;
  readonly p: DensityPicture;
  readonly q: DensityPicture;
  readonly bridgedP: DensityPicture;
  readonly bridgedQ: DensityPicture;
}

function pair(cloud: Pick<Cloud, 'logDensity' | 'score'>, ratio: LogRatio): [DensityPicture, DensityPicture] {
  return [
    { density: cloud.logDensity.map(Math.exp), score: cloud.score },
    {
      density: cloud.logDensity.map((l, i) => Math.exp(l + ratio.value[i]!)),
      score: cloud.score.map((s, i) => s + ratio.gradient[i]!),
    },
  ];
}

/** The four densities at the points of a grid cloud of p. */
export function pairPictures(cloud: Cloud, ratio: LogRatio, { mixing, beta }: Bridging): PairPictures {
  const [p, q] = pair(cloud, ratio);
  const bridged = bridgedPair(cloud, ratio, mixingScores(mixing, cloud.points.points), beta);
  const [bridgedP, bridgedQ] = pair(bridged.cloud, bridged.ratio);
  return { points: cloud.points.points, p, q, bridgedP, bridgedQ };
}
