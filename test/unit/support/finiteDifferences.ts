import { difference, largest } from './numbers';

/** A power of two, so that x + h is exact for the float32 inputs of the tests. */
const step = 2 ** -10;

/**
 * df/de at e = 0 by the central difference of fourth order, [8 (f(h) - f(-h)) - (f(2h) - f(-2h))] / 12h.
 *
 * Error: h^4 f'''''/30 + 1.5 eps |f| / h. Test inputs keep a distance d >= .4 from singularities, where the (k+5)-th derivative
 * is about (k+4)!/k! d^-5 times the k-th: (h/d)^4 / 30 * 840 = 1e-9 relative for k = 3. Roundoff is 3e-13 |f|.
 */
export function centralDifference(f: (e: number) => ArrayLike<number>): Float64Array {
  const [a, b, c, d] = [f(step), f(-step), f(2 * step), f(-2 * step)];
  return Float64Array.from({ length: a.length }, (_, i) => (8 * (a[i]! - b[i]!) - (c[i]! - d[i]!)) / (12 * step));
}

/** Ten times the error derived above. A wrong rule is wrong in the first digits. */
const tolerance = 1e-8;

/** Difference between a derivative and its central difference in units of what is allowed: at most 1 where they agree. */
export function derivativeError(actual: ArrayLike<number>, f: (e: number) => ArrayLike<number>): number {
  const expected = centralDifference(f);
  return difference(actual, expected) / (tolerance * Math.max(1, largest(expected)));
}
