/** Divergences of p from q = p exp(u), each with the factor 1/2 of the Fisher divergence. */

import { type Cloud, expectation, expectationWithError, integralWithError } from '../cloud';
import type { Estimate } from '../density';
import type { FirstOrderRatio, LogRatio } from './logRatio';

function squaredGradient({ gradient, dim }: FirstOrderRatio, i: number): number {
  let total = 0;
  for (let c = 0; c < dim; c++) total += gradient[i * dim + c]! ** 2;
  return total;
}

/** FD(p || q) = 1/2 E_p |grad u|^2. */
export function fisher(cloud: Cloud, ratio: FirstOrderRatio): Estimate {
  return expectationWithError(cloud, (i) => squaredGradient(ratio, i) / 2);
}

/** The same for a cloud that holds its density only where u is not zero, as that of a bridged pair does. */
export function fisherIntegral(cloud: Cloud, ratio: LogRatio): Estimate {
  return integralWithError(cloud, (i) => squaredGradient(ratio, i) / 2);
}

/** KL(p || q) = E_p[exp(u) - 1 - u]: as E_p exp(u) = 1, the integrand has no sign and small divergences keep their digits. */
export function kullbackLeibler(cloud: Cloud, { value }: FirstOrderRatio): Estimate {
  return expectationWithError(cloud, (i) => Math.expm1(value[i]!) - value[i]!);
}

/**
 * Standard deviation, over rows of p, of the difference of the exact score-matching loss between q and p:
 * Laplacian u + s_p . grad u + |grad u|^2 / 2, whose mean is FD(p || q). Over the square root of the rows it is the loss's
 * sampling noise.
 */
export function lossDeviation(cloud: Cloud, ratio: LogRatio): number {
  const { dim } = ratio;
  const difference = (i: number): number => {
    let total = ratio.laplacian[i]! + squaredGradient(ratio, i) / 2;
    for (let c = 0; c < dim; c++) total += cloud.score[i * dim + c]! * ratio.gradient[i * dim + c]!;
    return total;
  };
  return Math.sqrt(Math.max(0, expectation(cloud, (i) => difference(i) ** 2) - expectation(cloud, difference) ** 2));
}
