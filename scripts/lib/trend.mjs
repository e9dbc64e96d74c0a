/** The straight line through measurements, by least squares. */

/**
 * @param {readonly number[]} xs
 * @param {readonly number[]} ys as many
 * @returns {{ readonly slope: number, readonly stdErr: number }} the slope, and its standard error if deviations are independent; NaN for
 *   fewer than three points
 */
export function trend(xs, ys) {
  const n = xs.length;
  if (n < 3) return { slope: NaN, stdErr: NaN };
  const mean = (/** @type {readonly number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / n;
  const [x0, y0] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
  const slope = xs.reduce((sum, x, i) => sum + (x - x0) * ((ys[i] ?? NaN) - y0), 0) / spread;
  const rest = xs.reduce((sum, x, i) => sum + ((ys[i] ?? NaN) - y0 - slope * (x - x0)) ** 2, 0);
  return { slope, stdErr: Math.sqrt(rest / (n - 2) / spread) };
}
