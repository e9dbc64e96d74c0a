import { quantile } from '../../shared/plot/statistics';
import type { Box } from '../fit/boxes';

/** Share of the rows that each side of each coordinate leaves out: a few stray particles are no reason to draw small. */
const left = 0.005;

/** The box around the bulk of rows [n, dim]. */
export function quantileBox(rows: Float64Array, dim: number): Box {
  const columns = Array.from({ length: dim }, (_, j) => rows.filter((_x, i) => i % dim === j));
  return {
    low: columns.map((column) => quantile(column, left)),
    high: columns.map((column) => quantile(column, 1 - left)),
  };
}
