import type { ResolvedMixing } from '../../data/mixing';
import { blend } from './blend';
import { componentsOf, type GaussianComponents, partsAt } from './gaussianComponents';
import type { Scores } from './scoreField';

function components(mixing: Exclude<ResolvedMixing, { kind: 'uniformBox' }>): GaussianComponents {
  if (mixing.kind === 'mixture') return componentsOf(mixing.means, mixing.std, mixing.weights);
  const { mean, std } = mixing;
  return {
    dim: mean.length,
    means: Float64Array.from(mean),
    std: Float64Array.from(std),
    logWeights: new Float64Array(1),
    partOf: new Int32Array(1),
    parts: 1,
  };
}

/** log m (normalised), its score and its Laplacian at rows [n, dim], in float64. Outside a box log m is -Infinity. */
export function mixingScores(mixing: ResolvedMixing, rows: Float64Array): Scores {
  if (mixing.kind !== 'uniformBox') {
    const all = components(mixing);
    return blend(partsAt(all, rows), new Float64Array(all.parts));
  }
  const { low, high } = mixing;
  const dim = low.length;
  const inside = low.reduce((total, l, j) => total - Math.log(high[j]! - l), 0);
  const logDensity = new Float64Array(rows.length / dim).fill(inside);
  rows.forEach((x, i) => {
    if (x <= low[i % dim]! || x >= high[i % dim]!) logDensity[Math.floor(i / dim)] = -Infinity;
  });
  return { logDensity, score: new Float64Array(rows.length), laplacian: new Float64Array(rows.length / dim) };
}
