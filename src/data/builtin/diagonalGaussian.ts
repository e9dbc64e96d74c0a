import { rowsOf } from '../distribution';
import { logTwoPi } from '../parameters';
import type { Distribution } from '../distribution';
import type { ParameterChecks } from '../parameters';

/**
 * The Gaussian N(mean, diag(std)^2), in any dimension.
 * @param mean [dim]
 * @param std [dim]
 * @param checks says whose parameters these are, in errors
 * @throws DataError for numbers that are no density
 */
export function diagonalGaussian(mean: readonly number[], std: readonly number[], checks: ParameterChecks): Distribution {
  const dim = checks.points('mean', [mean]);
  checks.require(std.length === dim, `std has ${String(std.length)} numbers, but the mean has ${String(dim)}`);
  for (const value of std) checks.positive('std', value);
  const logNorm = std.reduce((sum, value) => sum - Math.log(value), -0.5 * dim * logTwoPi);
  return {
    dim,
    components: [],
    sample(random, n) {
      const out = new Float64Array(n * dim);
      random.fillNormal(out);
      return out.map((z, i) => (mean[i % dim] ?? 0) + (std[i % dim] ?? 0) * z);
    },
    logDensity(x) {
      const out = new Float64Array(rowsOf(x, dim)).fill(logNorm);
      for (let i = 0; i < x.length; i++) {
        const row = Math.floor(i / dim);
        out[row] = (out[row] ?? 0) - 0.5 * (((x[i] ?? 0) - (mean[i % dim] ?? 0)) / (std[i % dim] ?? 0)) ** 2;
      }
      return out;
    },
    componentOf: (x) => new Int32Array(rowsOf(x, dim)),
  };
}
