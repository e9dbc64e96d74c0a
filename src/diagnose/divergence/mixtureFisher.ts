import { type Cloud, integralWithError } from '../cloud';
import type { Estimate } from '../density';
import type { Scores } from '../fields/scoreField';
import type { FirstOrderRatio } from './logRatio';

/** Where exp(u) - 1 would lose more than a digit or two. */
const nearlyNone = 0.5;

/** p~ = beta p + (1 - beta) m at the points of p, as far as it does not depend on what p is compared with. */
export interface BridgedCloud extends Pick<Cloud, 'points'> {
  /** p~'s masses, [n]. */
  readonly mass: Float64Array;
  /** Shares of beta p and of (1 - beta) m in p~, [n]. */
  readonly share: Float64Array;
  readonly rest: Float64Array;
  /** Score of p less that of m, [n, dim]. */
  readonly slope: Float64Array;
}

/** @param mixing log m, normalised, and its derivatives at the cloud's points */
export function bridgedCloud(cloud: Cloud, mixing: Scores, beta: number): BridgedCloud {
  const difference = cloud.logDensity.map((l, i) => Math.log(beta / (1 - beta)) + l - mixing.logDensity[i]!);
  const share = difference.map((d) => 1 / (1 + Math.exp(-d)));
  return {
    points: cloud.points,
    share,
    rest: difference.map((d) => 1 / (1 + Math.exp(d))),
    // Where p vanishes beside m nothing is compared, and its mass does not matter.
    mass: share.map((s, i) => (s === 0 ? 0 : cloud.points.weights[i]! * Math.exp(Math.log(beta) + cloud.logDensity[i]! - Math.log(s)))),
    slope: cloud.score.map((s, i) => s - mixing.score[i]!),
  };
}

/**
 * FD(p~ || q~) of the bridged density from that of q = p exp(u). With w = beta p / p~ and l = log p - log m the score of q~ less that
 * of p~ is (w exp(u) grad u + w (1 - w) (exp(u) - 1) grad l) / (1 + w (exp(u) - 1)); see `bridgedPair`, which has second derivatives.
 */
export function bridgedFisher(bridged: BridgedCloud, { dim, value, gradient }: FirstOrderRatio): Estimate {
  const { share, rest, slope } = bridged;
  return integralWithError(bridged, (i) => {
    const [w, m, u] = [share[i]!, rest[i]!, value[i]!];
    // Numerator and denominator over exp(u) where it is large, so that it does not overflow.
    const less = Math.abs(u) < nearlyNone ? Math.expm1(-Math.abs(u)) : Math.exp(-Math.abs(u)) - 1;
    const factor = 1 + less;
    const change = u > 0 ? -less : less;
    const whole = u > 0 ? w + m * factor : m + w * factor;
    const [own, other] = [(u > 0 ? w : w * factor) / whole, (w * m * change) / whole];
    let squared = 0;
    for (let c = 0; c < dim; c++) squared += (own * gradient[i * dim + c]! + other * slope[i * dim + c]!) ** 2;
    return squared / 2;
  });
}

/**
 * MFD(p || q) = FD(beta p + (1 - beta) m || beta q + (1 - beta) m), the mixture Fisher divergence of Zhang et al., "Towards
 * Healing the Blindness of Score Matching".
 * @param mixing log m, normalised, and its derivatives at the cloud's points
 */
export function mixtureFisher(cloud: Cloud, ratio: FirstOrderRatio, mixing: Scores, beta: number): Estimate {
  return bridgedFisher(bridgedCloud(cloud, mixing, beta), ratio);
}
