/** Means of a function of the squared distance over pairs of rows, at once on the CPU in float64: O(n m) time, no memory. */

export function squaredDistance(x: Float64Array, i: number, y: Float64Array, j: number, dim: number): number {
  let total = 0;
  for (let k = 0; k < dim; k++) total += (x[i * dim + k]! - y[j * dim + k]!) ** 2;
  return total;
}

/** Sum over all rows of x, [n, dim], and all of y, [m, dim]. */
export function sumAcross(x: Float64Array, y: Float64Array, dim: number, f: (squared: number) => number): number {
  let total = 0;
  for (let i = 0; i < x.length / dim; i++) for (let j = 0; j < y.length / dim; j++) total += f(squaredDistance(x, i, y, j, dim));
  return total;
}

/** Sum over all ordered pairs of different rows of x, [n, dim]. */
export function sumWithin(x: Float64Array, dim: number, f: (squared: number) => number): number {
  let total = 0;
  for (let i = 0; i < x.length / dim; i++) for (let j = 0; j < i; j++) total += f(squaredDistance(x, i, x, j, dim));
  return 2 * total;
}
