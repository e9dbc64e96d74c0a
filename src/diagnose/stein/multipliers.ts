import type { Random } from '../../shared/random';

/** How the rows of a sample hang together, which decides how their signs are drawn. */
export type Dependence =
  | { readonly kind: 'independent' }
  /** Rows in the order of a Markov chain: a sign is kept from row to row but with this probability. */
  | { readonly kind: 'chain'; readonly flip: number };

/**
 * Signs of a wild bootstrap, row-major [rows, draws + 1] as float32. Column 0 is all ones: the statistic itself. Each other
 * column is a sequence of fair signs: independent ones, or the chain of Chwialkowski, Strathmann and Gretton 2016 (section 3),
 * W_t = W_(t-1) but with probability `flip`, when W_t = -W_(t-1). A flip probability of one half makes them independent.
 * Squares of all signs are one, so that the bootstraps of the U- and of the V-statistic give the same p-value.
 */
export function multipliers(rows: number, draws: number, dependence: Dependence, random: Random): Float32Array {
  const width = draws + 1;
  const out = new Float32Array(rows * width);
  const fair = new Float32Array(width);
  for (let i = 0; i < rows; i++) {
    const row = out.subarray(i * width, (i + 1) * width);
    if (i === 0 || dependence.kind === 'independent') {
      random.fillSigns(fair);
      row.set(fair);
    } else {
      for (let k = 0; k < width; k++) row[k] = out[(i - 1) * width + k]! * (random.uniform() < dependence.flip ? -1 : 1);
    }
  }
  for (let i = 0; i < rows; i++) out[i * width] = 1;
  return out;
}

/** P(bootstrap >= statistic) with the statistic counted as one of its own draws, so that it is never zero. Entry 0 is the statistic. */
export function pValueOf(sums: Float64Array): number {
  let atLeast = 0;
  for (const value of sums) if (value >= sums[0]!) atLeast++;
  return atLeast / sums.length;
}
