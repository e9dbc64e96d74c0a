/** p on the way on which the weight of one mode goes from nought to one and the others keep their proportions. */

import type { Cloud } from '../cloud';
import { blend } from '../fields/blend';
import type { FirstOrderRatio, Memberships } from './logRatio';

/** Below this products of shares may leave the range of numbers, and logarithms are taken one by one. */
const underflow = 1e-280;

/** log(exp a + exp b). */
function logSum(a: number, b: number): number {
  const largest = Math.max(a, b);
  return largest === -Infinity ? largest : largest + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** log(q_alpha / p) at the points of a cloud of p, for any weight alpha of the mode: only the mode and all the rest of p matter. */
export class WeightPath {
  /** Logarithms of the shares of the mode and of the rest, [n], and these shares. */
  private readonly own: Float64Array;
  private readonly rest: Float64Array;
  private readonly shareOwn: Float64Array;
  private readonly shareRest: Float64Array;
  /** Score of the mode less that of the rest, [n, dim]. */
  private readonly slope: Float64Array;

  /**
   * @param mode number of the mode, from 0; there are others
   * @param weight its weight in p, above 0 and below 1
   */
  constructor(
    private readonly cloud: Cloud,
    { parts }: Memberships,
    mode: number,
    readonly weight: number,
  ) {
    const { dim, parts: count } = parts;
    const n = cloud.mass.length;
    const others = blend(
      parts,
      Float64Array.from({ length: count }, (_, k) => (k === mode ? -Infinity : 0)),
    );
    this.own = new Float64Array(n);
    this.rest = new Float64Array(n);
    this.slope = new Float64Array(n * dim);
    for (let i = 0; i < n; i++) {
      const [own, rest] = [parts.log[i * count + mode]!, others.logDensity[i]!];
      const whole = logSum(own, rest);
      this.own[i] = own - whole;
      this.rest[i] = rest - whole;
      for (let c = 0; c < dim; c++) this.slope[i * dim + c] = parts.gradient[(i * count + mode) * dim + c]! - others.score[i * dim + c]!;
    }
    this.shareOwn = this.own.map(Math.exp);
    this.shareRest = this.rest.map(Math.exp);
  }

  /**
   * u = log(a (1 - r) + b r), r the share of the mode, b = alpha / w and a = (1 - alpha) / (1 - w), with its gradient
   * r (1 - r) (b - a) exp(-u) (s_mode - s_rest), in which nothing cancels.
   */
  ratio(alpha: number): FirstOrderRatio {
    const { own, rest, shareOwn, shareRest, slope, weight, cloud } = this;
    const n = own.length;
    const dim = slope.length / n;
    const [b, a] = [alpha / weight, (1 - alpha) / (1 - weight)];
    const value = new Float64Array(n);
    const gradient = new Float64Array(n * dim);
    let total = 0;
    for (let i = 0; i < n; i++) {
      const factor = a * shareRest[i]! + b * shareOwn[i]!;
      const safe = factor > underflow;
      const u = safe ? Math.log(factor) : logSum(Math.log(a) + rest[i]!, Math.log(b) + own[i]!);
      value[i] = u;
      const moved = safe ? (shareOwn[i]! * shareRest[i]!) / factor : Math.exp(own[i]! + rest[i]! - u);
      for (let c = 0; c < dim; c++) gradient[i * dim + c] = (b - a) * moved * slope[i * dim + c]!;
      if (cloud.mass[i]! > 0) total += cloud.mass[i]! * factor;
    }
    // 1 where the weight is the mode's mass on this very cloud.
    const logMass = Math.log(total);
    for (let i = 0; i < n; i++) value[i]! -= logMass;
    return { dim, value, gradient };
  }
}
