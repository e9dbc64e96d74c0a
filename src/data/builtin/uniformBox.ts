import { rowsOf } from '../distribution';
import type { Distribution } from '../distribution';
import type { ParameterChecks } from '../parameters';

/**
 * The uniform distribution on the box between two corners, borders included.
 * @param low [dim]
 * @param high [dim], above low in every coordinate
 * @param checks says whose parameters these are, in errors
 * @throws DataError for corners that span no box
 */
export function uniformBox(low: readonly number[], high: readonly number[], checks: ParameterChecks): Distribution {
  const dim = checks.points('low and high', [low, high]);
  const widths = high.map((value, i) => value - (low[i] ?? 0));
  for (const width of widths) checks.require(width > 0, 'every high must be above its low');
  const logInside = -widths.reduce((sum, width) => sum + Math.log(width), 0);
  return {
    dim,
    components: [],
    sample(random, n) {
      const out = new Float64Array(n * dim);
      random.fillUniform(out);
      return out.map((u, i) => (low[i % dim] ?? 0) + (widths[i % dim] ?? 0) * u);
    },
    logDensity(x) {
      const out = new Float64Array(rowsOf(x, dim)).fill(logInside);
      for (let i = 0; i < x.length; i++) {
        const value = x[i] ?? 0;
        const inside = value >= (low[i % dim] ?? 0) && value <= (high[i % dim] ?? 0);
        if (!inside) out[Math.floor(i / dim)] = -Infinity;
      }
      return out;
    },
    componentOf: (x) => new Int32Array(rowsOf(x, dim)),
  };
}
