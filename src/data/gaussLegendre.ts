/** Nodes on [-1, 1] and weights of a quadrature rule. */
export interface QuadratureRule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The n-point Gauss-Legendre rule, exact for polynomials of degree 2n - 1: the roots of the Legendre polynomial by Newton's
 * method from Chebyshev-like starting points (Press et al., Numerical Recipes, section 4.6).
 */
export function gaussLegendre(n: number): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (n - i - 0.25)) / (n + 0.5));
    let derivative = 1;
    // Newton doubles the correct digits; eight rounds are beyond float64 from here.
    for (let round = 0; round < 8; round++) {
      let previous = 0;
      let value = 1;
      for (let k = 1; k <= n; k++) [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
      derivative = (n * (x * value - previous)) / (x * x - 1);
      x -= value / derivative;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * derivative * derivative));
  }
  return { nodes, weights };
}
