import type { Ascents } from './ascent';
import type { Maxima } from './mergeMaxima';
import type { Region } from './region';

/** Ends of ascents nearer than this, in lengths of the region, are one maximum. */
const sameMaximum = 1e-3;
const mostMaxima = 100;

export interface FoundMaxima extends Maxima {
  /** The maximum of every ascent; -1 where it escaped. */
  readonly maximumOf: Int32Array;
}

/** The distinct ends of ascents, the highest first; where there are more than a hundred, those that are far apart stand for the rest. */
export function distinctMaxima({ at, logDensity, ends }: Ascents, { scale }: Region): FoundMaxima {
  const dim = scale.length;
  const order = ends
    .map((end, i) => ({ end, i }))
    .filter(({ end }) => end !== 'escaped')
    .map(({ i }) => i)
    .sort((a, b) => logDensity[b]! - logDensity[a]!);
  const distance = (i: number, j: number): number => {
    let total = 0;
    for (let c = 0; c < dim; c++) total += ((at[i * dim + c]! - at[j * dim + c]!) / scale[c]!) ** 2;
    return Math.sqrt(total);
  };
  let kept: number[] = [];
  for (let tolerance = sameMaximum; ; tolerance *= 1.5) {
    kept = [];
    for (const i of order) if (kept.every((k) => distance(i, k) > tolerance)) kept.push(i);
    if (kept.length <= mostMaxima) break;
  }
  const maximumOf = new Int32Array(ends.length).fill(-1);
  for (const i of order) {
    maximumOf[i] = kept.reduce((best, k, m) => (distance(i, k) < distance(i, kept[best]!) ? m : best), 0);
  }
  return {
    at: Float64Array.from(kept.flatMap((k) => Array.from(at.subarray(k * dim, (k + 1) * dim)))),
    logDensity: Float64Array.from(kept, (k) => logDensity[k]!),
    maximumOf,
  };
}
