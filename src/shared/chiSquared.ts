/** Natural logarithm of the gamma function for x > 0 (Lanczos 1964, g = 7, nine terms). */
function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
    9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const series = terms.reduce((total, term, i) => total + term / (x + i), 0.9999999999998099);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** P(X > x) of a chi-squared variable with `degrees` of freedom: the regularised upper incomplete gamma function. */
export function chiSquaredTail(x: number, degrees: number): number {
  const [a, z] = [degrees / 2, x / 2];
  if (z <= 0) return 1;
  const front = Math.exp(a * Math.log(z) - z - logGamma(a));
  if (z < a + 1) {
    let [term, total] = [1 / a, 1 / a];
    for (let k = 1; term > total * 1e-16; k++) {
      term *= z / (a + k);
      total += term;
    }
    return 1 - front * total;
  }
  // The continued fraction from its far end, as long as it takes at any size.
  let fraction = 0;
  for (let k = 300; k >= 1; k--) fraction = (k * (k - a)) / (z + 2 * k + 1 - a - fraction);
  return front / (z + 1 - a - fraction);
}
