/** Gaussian mixtures in closed form, as stand-ins for fits. */

import { Random } from '../../src/shared/random';

export interface Mixture {
  readonly means: readonly (readonly number[])[];
  readonly std: number;
  readonly weights: readonly number[];
}

/** Density of a point, and its score. */
export function densityAt({ means, std, weights }: Mixture, x: readonly number[]): { readonly density: number; readonly score: number[] } {
  const dim = x.length;
  const terms = means.map((mean, k) => {
    const square = x.reduce((sum, value, axis) => sum + ((value - mean[axis]!) / std) ** 2, 0);
    return weights[k]! * Math.exp(-square / 2);
  });
  const total = terms.reduce((sum, term) => sum + term, 1e-300);
  const score = x.map((value, axis) => terms.reduce((sum, term, k) => sum + (term / total) * ((means[k]![axis]! - value) / std ** 2), 0));
  return { density: total / (Math.sqrt(2 * Math.PI) * std) ** dim, score };
}

/** Draws, row-major [n, dim]. */
export function draw({ means, std, weights }: Mixture, count: number, seed: number): Float32Array {
  const random = new Random(seed);
  const dim = means[0]!.length;
  const rows = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) {
    let left = random.uniform();
    let k = 0;
    while (k + 1 < weights.length && left > weights[k]!) left -= weights[k++]!;
    for (let axis = 0; axis < dim; axis++) rows[i * dim + axis] = means[k]![axis]! + std * random.normal();
  }
  return rows;
}

/** Density at the centres of the cells of a grid over [low, high] in each coordinate, one or two. */
export function field(mixture: Mixture, cells: number, low: number, high: number): Float32Array {
  const dim = mixture.means[0]!.length;
  const place = (index: number): number => low + ((index + 0.5) / cells) * (high - low);
  return Float32Array.from(
    { length: cells ** dim },
    (_, i) => densityAt(mixture, dim === 1 ? [place(i)] : [place(i % cells), place(Math.floor(i / cells))]).density,
  );
}

/** Score on such a grid, [cells, cells, 2] or [cells, 1]. */
export function scoreField(mixture: Mixture, cells: number, low: number, high: number): Float32Array {
  const dim = mixture.means[0]!.length;
  const place = (index: number): number => low + ((index + 0.5) / cells) * (high - low);
  const values = Array.from(
    { length: cells ** dim },
    (_, i) => densityAt(mixture, dim === 1 ? [place(i)] : [place(i % cells), place(Math.floor(i / cells))]).score,
  );
  return Float32Array.from(values.flat());
}
