import { normalQuantile } from '../../shared/normalDistribution';

/** The x at which the distribution function of Student's t with `degrees` >= 3 degrees of freedom is p, to about .01 (Abramowitz and Stegun 26.7.5). */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((t, v, k) => t + v / degrees ** k, 0);
}
