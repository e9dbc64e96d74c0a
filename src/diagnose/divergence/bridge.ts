import type { Cloud } from '../cloud';
import type { Scores } from '../fields/scoreField';
import type { LogRatio } from './logRatio';

export interface BridgedPair {
  /** p~ = beta p + (1 - beta) m at the points of p, with p~'s masses there. */
  readonly cloud: Cloud;
  /** log(q~ / p~), q~ = beta q + (1 - beta) m. */
  readonly ratio: LogRatio;
}

/**
 * The bridged densities of p and q = p exp(u). With w = beta p / p~ and l = log p - log m:
 * v = log(q~ / p~) = log(1 + w (exp u - 1)), grad v = w_q grad u + (w_q - w) grad l, w_q = w exp(u - v).
 * Everywhere that p is negligible, so are w and v: the points of p serve for p~ as well.
 */
export function bridgedPair(cloud: Cloud, ratio: LogRatio, mixing: Scores, beta: number): BridgedPair {
  const { dim } = ratio;
  const n = cloud.mass.length;
  const bridged = {
    logDensity: new Float64Array(n),
    score: new Float64Array(n * dim),
    laplacian: new Float64Array(n),
    mass: new Float64Array(n),
  };
  const out = { dim, value: new Float64Array(n), gradient: new Float64Array(n * dim), laplacian: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    const difference = Math.log(beta / (1 - beta)) + cloud.logDensity[i]! - mixing.logDensity[i]!;
    const share = 1 / (1 + Math.exp(-difference));
    // Where p vanishes beside m, p~ = q~ = (1 - beta) m.
    if (share === 0) {
      bridged.logDensity[i] = Math.log(1 - beta) + mixing.logDensity[i]!;
      bridged.mass[i] = cloud.points.weights[i]! * Math.exp(bridged.logDensity[i]!);
      bridged.laplacian[i] = mixing.laplacian[i]!;
      for (let c = 0; c < dim; c++) bridged.score[i * dim + c] = mixing.score[i * dim + c]!;
      continue;
    }
    const rest = 1 / (1 + Math.exp(difference));
    const change = Math.expm1(ratio.value[i]!);
    // Where q has lost its mass, 1 - share would round to nought.
    const v = change < -0.5 ? Math.log(rest + share * Math.exp(ratio.value[i]!)) : Math.log1p(share * change);
    const shareQ = share * Math.exp(ratio.value[i]! - v);
    const moved = share * rest * change * Math.exp(-v);
    out.value[i] = v;
    bridged.logDensity[i] = Math.log(beta) + cloud.logDensity[i]! - Math.log(share);
    bridged.mass[i] = cloud.points.weights[i]! * Math.exp(bridged.logDensity[i]!);
    let [slopes, slopesQ] = [0, 0];
    for (let c = 0; c < dim; c++) {
      const at = i * dim + c;
      const slope = cloud.score[at]! - mixing.score[at]!;
      out.gradient[at] = shareQ * ratio.gradient[at]! + moved * slope;
      bridged.score[at] = mixing.score[at]! + share * slope;
      slopes += slope * slope;
      slopesQ += (ratio.gradient[at]! + slope) ** 2;
    }
    const bend = cloud.laplacian[i]! - mixing.laplacian[i]!;
    out.laplacian[i] = shareQ * (1 - shareQ) * slopesQ - share * rest * slopes + shareQ * ratio.laplacian[i]! + moved * bend;
    bridged.laplacian[i] = mixing.laplacian[i]! + share * bend + share * rest * slopes;
  }
  return { cloud: { ...cloud, ...bridged }, ratio: out };
}
