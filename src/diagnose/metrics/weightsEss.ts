/**
 * Effective sample size of importance weights, (sum w)^2 / sum w^2 (Kong 1992), from their logarithms; any constant may be
 * added to all. 0 where all weights are zero; NaN where one is not a number.
 */
export function weightsEss(logWeights: Float64Array): number {
  const highest = logWeights.reduce((a, b) => Math.max(a, b), -Infinity);
  if (highest === -Infinity) return 0;
  let [first, second] = [0, 0];
  for (const l of logWeights) {
    const w = Math.exp(l - highest);
    first += w;
    second += w * w;
  }
  return (first * first) / second;
}
