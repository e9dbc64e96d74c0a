import type { PartValues } from './gaussianComponents';
import type { Scores } from './scoreField';

/** The shares that the parts have in sum_k exp(logWeights[k]) f_k at every row, [n, parts], and that sum itself. */
export interface Blend extends Scores {
  readonly share: Float64Array;
}

/**
 * log of sum_k c_k f_k, its gradient and its Laplacian from those of the parts: with shares r_k, grad = sum r_k g_k and
 * Laplacian = sum r_k (laplacian_k + |g_k|^2) - |grad|^2.
 * @param logWeights log c_k, [parts]; -Infinity drops a part
 */
export function blend({ dim, parts, log, gradient, laplacian }: PartValues, logWeights: ArrayLike<number>): Blend {
  const n = log.length / parts;
  const out = {
    logDensity: new Float64Array(n),
    score: new Float64Array(n * dim),
    laplacian: new Float64Array(n),
    share: new Float64Array(n * parts),
  };
  for (let i = 0; i < n; i++) {
    let largest = -Infinity;
    for (let k = 0; k < parts; k++) largest = Math.max(largest, log[i * parts + k]! + logWeights[k]!);
    let total = 0;
    for (let k = 0; k < parts; k++) total += out.share[i * parts + k] = Math.exp(log[i * parts + k]! + logWeights[k]! - largest);
    out.logDensity[i] = largest + Math.log(total);
    for (let k = 0; k < parts; k++) {
      const share = (out.share[i * parts + k]! /= total);
      if (share === 0) continue;
      let squared = 0;
      for (let c = 0; c < dim; c++) {
        const slope = gradient[(i * parts + k) * dim + c]!;
        squared += slope * slope;
        out.score[i * dim + c]! += share * slope;
      }
      out.laplacian[i]! += share * (laplacian[i * parts + k]! + squared);
    }
    for (let c = 0; c < dim; c++) out.laplacian[i]! -= out.score[i * dim + c]! ** 2;
  }
  return out;
}
