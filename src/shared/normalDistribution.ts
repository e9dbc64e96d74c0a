/** The standard normal distribution function and its inverse. */

/**
 * Phi(x) by the continued fraction of the tail (Abramowitz and Stegun 26.2.14) beyond 3, by the series (26.2.11) inside:
 * relative error below 1e-12.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (size > 3) {
    let fraction = size;
    for (let k = 100; k >= 1; k--) fraction = size + k / fraction;
    const tail = density / fraction;
    return x < 0 ? tail : 1 - tail;
  }
  let [term, total] = [x, x];
  for (let k = 1; k < 100; k++) {
    term *= (x * x) / (2 * k + 1);
    total += term;
  }
  return 0.5 + density * total;
}

/** The x with Phi(x) = p, by bisection. @param p above 0 and below 1 */
export function normalQuantile(p: number): number {
  let [low, high] = [-40, 40];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
