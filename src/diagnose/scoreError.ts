/** How far one score is from another. */

import type { Estimate } from './density';

/** |a - b| of each row of two score fields [n, dim]. */
export function differenceNorms(a: ArrayLike<number>, b: ArrayLike<number>, dim: number): Float64Array {
  const norms = new Float64Array(a.length / dim);
  for (let i = 0; i < norms.length; i++) {
    let squared = 0;
    for (let j = 0; j < dim; j++) squared += (a[i * dim + j]! - b[i * dim + j]!) ** 2;
    norms[i] = Math.sqrt(squared);
  }
  return norms;
}

/**
 * Mean of the squares with its standard error. At draws of p the norms of s_p - s_q give E_p |s_p - s_q|^2, which is twice the Fisher
 * divergence. Norms that are not finite, as where a density ends, are left out; null where none is left.
 */
export function meanSquare(norms: Float64Array): Estimate | null {
  const squares = norms.filter(Number.isFinite).map((norm) => norm * norm);
  if (squares.length === 0) return null;
  const value = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  const variance = squares.reduce((sum, square) => sum + (square - value) ** 2, 0) / Math.max(1, squares.length - 1);
  return { value, stdErr: Math.sqrt(variance / squares.length) };
}
