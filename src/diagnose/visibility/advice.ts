import type { MixingAdvice } from '../../shared/diagnosis';
import { type Cloud, expectation } from '../cloud';
import { mixtureFisher } from '../divergence/mixtureFisher';
import { mixingScores } from '../fields/mixingScores';
import type { WeightTilt } from './visibility';

/** Widths of m, as multiples of the density's standard deviation, and weights of p that are tried. */
const widths = [0.6, 0.8, 1, 1.2, 1.4, 1.7, 2, 2.5, 3];
const betas = [0.5, 0.6, 0.7, 0.8, 0.9];

/** A number with two figures: what one would type. */
function friendly(value: number): number {
  return Number(value.toPrecision(2));
}

/**
 * Beta and a Gaussian m, with the density's mean and a width in proportion to its standard deviation, that make the tilt most visible to
 * MFD. What is maximised is the visibility times beta^2: the correction p = (p~ - (1 - beta) m) / beta divides errors of the bridged
 * model by beta, so that small betas, which bridge best, pay with variance and negative mass (own choice). Rounded to two figures, and a
 * mean of less than a tenth of a deviation to 0.
 */
export function mixingAdvice(cloud: Cloud, { ratio, kl }: WeightTilt): MixingAdvice {
  const { dim, points } = cloud.points;
  const mean = Array.from({ length: dim }, (_, c) => expectation(cloud, (i) => points[i * dim + c]!));
  const std = mean.map((m, c) => Math.sqrt(expectation(cloud, (i) => (points[i * dim + c]! - m) ** 2)));
  const common = Math.sqrt(std.reduce((t, s) => t + s * s, 0) / dim);
  // One width for all coordinates where they are alike.
  const alike = std.every((s) => s > common / 1.5 && s < 1.5 * common);
  const center = mean.map((m, c) => (Math.abs(m) < std[c]! / 10 ? 0 : friendly(m)));
  const candidates = widths.flatMap((width) => {
    const mixing = { kind: 'gaussian' as const, mean: center, std: std.map((s) => friendly(width * (alike ? common : s))) };
    const scores = mixingScores(mixing, points);
    return betas.map((beta) => ({ beta, mixing, visibility: mixtureFisher(cloud, ratio, scores, beta).value / kl }));
  });
  return candidates.reduce((best, next) => (next.visibility * next.beta ** 2 > best.visibility * best.beta ** 2 ? next : best));
}
