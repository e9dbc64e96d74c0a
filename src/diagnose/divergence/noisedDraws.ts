import type { Random } from '../../shared/random';
import { type Cloud } from '../cloud';
import { resample } from '../points';
import type { LogRatio } from './logRatio';
import type { NoisedFisher } from './spectrum';

const kernelCount = 600;
const evaluations = 300;
/** Below so many kernels that share a place, on average, the noised density is that of the draws, not of p. Own choice. */
const fewestKernels = 20;
/** Two halves of the kernels must agree so well. Own choice. */
const disagreement = 0.25;

/** Rows with the value exp(u) at each, drawn from a cloud in proportion to its mass: columns dim + 1. */
function drawPairs(cloud: Cloud, { value, dim }: LogRatio, n: number, random: Random): Float64Array {
  const wide = new Float64Array(value.length * (dim + 1));
  value.forEach((v, i) => {
    for (let c = 0; c < dim; c++) wide[i * (dim + 1) + c] = cloud.points.points[i * dim + c]!;
    wide[i * (dim + 1) + dim] = Math.exp(v);
  });
  return resample(wide, dim + 1, cloud.mass, n, random);
}

/** |grad log (q_t / p_t)|^2 / 2 at x with the kernels of rows `first`, `first + 2`, ..., and how many of them share the place. */
function half(pairs: Float64Array, dim: number, first: number, x: Float64Array, variance: number): { fisher: number; shared: number } {
  const stride = dim + 1;
  const n = pairs.length / stride;
  const terms = new Float64Array(n).fill(-Infinity);
  for (let j = first; j < n; j += 2) {
    let squared = 0;
    for (let c = 0; c < dim; c++) squared += (pairs[j * stride + c]! - x[c]!) ** 2;
    terms[j] = -squared / (2 * variance);
  }
  const largest = terms.reduce((a, b) => Math.max(a, b), -Infinity);
  let [total, squares, ratio] = [0, 0, 0];
  for (let j = first; j < n; j += 2) {
    const weight = (terms[j] = Math.exp(terms[j]! - largest));
    total += weight;
    squares += weight * weight;
    ratio += weight * pairs[j * stride + dim]!;
  }
  ratio /= total;
  let fisher = 0;
  for (let c = 0; c < dim; c++) {
    let slope = 0;
    for (let j = first; j < n; j += 2) {
      slope += (terms[j]! / total) * (pairs[j * stride + dim]! - ratio) * ((pairs[j * stride + c]! - x[c]!) / variance);
    }
    fisher += (slope / ratio) ** 2 / 2;
  }
  return { fisher, shared: (total * total) / squares };
}

/**
 * FD of p and q = p exp(u) after noise, above two dimensions: p_t is a mixture of N(x_j, tI) over draws x_j of p, and
 * grad log(q_t / p_t) is the covariance of exp(u_j) and x_j under the mixture's posterior at x. With little noise every place
 * belongs to one draw and the mixture knows nothing: where fewer than twenty draws share a place on average, or two halves of them
 * disagree by a quarter, the answer is undefined.
 */
export function noisedDraws(cloud: Cloud, ratio: LogRatio, random: Random): NoisedFisher {
  const { dim } = ratio;
  const pairs = drawPairs(cloud, ratio, kernelCount, random);
  const at = drawPairs(cloud, ratio, evaluations, random);
  return (variance) => {
    const noise = random.split('noise');
    const means = [0, 0];
    let [shared, squares] = [0, 0];
    for (let i = 0; i < evaluations; i++) {
      const x = Float64Array.from({ length: dim }, (_, c) => at[i * (dim + 1) + c]! + Math.sqrt(variance) * noise.normal());
      const [a, b] = [half(pairs, dim, 0, x, variance), half(pairs, dim, 1, x, variance)];
      means[0]! += a.fisher / evaluations;
      means[1]! += b.fisher / evaluations;
      squares += ((a.fisher + b.fisher) / 2) ** 2 / evaluations;
      shared += (a.shared + b.shared) / 2 / evaluations;
    }
    const value = (means[0]! + means[1]!) / 2;
    const spread = Math.sqrt(Math.max(squares - value * value, 0) / evaluations);
    const known = shared >= fewestKernels && Math.abs(means[0]! - means[1]!) <= disagreement * value;
    return Promise.resolve(known ? { value, stdErr: Math.hypot(spread, (means[0]! - means[1]!) / 2) } : undefined);
  };
}
