import type { Cloud } from '../cloud';
import type { Estimate } from '../density';
import { bridgedPair } from './bridge';
import type { Scores } from '../fields/scoreField';
import { fisherIntegral } from './divergences';
import type { LogRatio } from './logRatio';

/**
 * MFD(p || q) = FD(beta p + (1 - beta) m || beta q + (1 - beta) m), the mixture Fisher divergence of Zhang et al., "Towards
 * Healing the Blindness of Score Matching".
 * @param mixing log m, normalised, and its derivatives at the cloud's points
 */
export function mixtureFisher(cloud: Cloud, ratio: LogRatio, mixing: Scores, beta: number): Estimate {
  const pair = bridgedPair(cloud, ratio, mixing, beta);
  return fisherIntegral(pair.cloud, pair.ratio);
}
