/** Gauss-Hermite quadrature for the standard normal: expectations of polynomials of degree 2n - 1 are exact. */

export interface NormalRule {
  readonly nodes: readonly number[];
  /** Probabilities: they sum to one. */
  readonly weights: readonly number[];
}

/** Normalised Hermite polynomials h_0 ... h_n at x (orthonormal under the standard normal). */
function orthonormalHermite(n: number, x: number): number[] {
  const h = [1];
  for (let k = 0; k < n; k++) h.push((x * h[k]! - Math.sqrt(k) * (h[k - 1] ?? 0)) / Math.sqrt(k + 1));
  return h;
}

/** Roots of h_n by bisection between sign changes on a fine mesh; weights 1 / sum_k h_k(x)^2 (Christoffel). */
export function gaussHermite(n: number): NormalRule {
  const value = (x: number): number => orthonormalHermite(n, x)[n]!;
  const reach = 2 * Math.sqrt(n) + 2;
  const nodes: number[] = [];
  // An odd number of cells, so that no edge falls on the root at zero.
  const cells = 400 * n + 1;
  for (let i = 0; i < cells; i++) {
    let [low, high] = [-reach + (2 * reach * i) / cells, -reach + (2 * reach * (i + 1)) / cells];
    if (value(low) * value(high) >= 0) continue;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (value(low) * value(middle) <= 0) high = middle;
      else low = middle;
    }
    nodes.push((low + high) / 2);
  }
  const weights = nodes.map((x) => 1 / orthonormalHermite(n - 1, x).reduce((total, h) => total + h * h, 0));
  return { nodes, weights };
}
