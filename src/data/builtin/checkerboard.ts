import { rowsOf } from '../distribution';
import { ParameterChecks } from '../parameters';
import type { Distribution } from '../distribution';
import type { BuiltinDataSpec } from '../spec';

type Spec = Extract<BuiltinDataSpec, { kind: 'checkerboard' }>;

/** Four by four cells on [-4, 4]^2, as in the FFJORD toy data (Grathwohl et al. 2019, arXiv 1810.01367). */
export const defaultCheckerboard: Spec = { kind: 'checkerboard', cells: 4, width: 8 };

/**
 * Uniform on every second cell of a square board centred at the origin: `width` is its whole side, `cells` the number along a side, and
 * the cell at the lower left is filled. Cells are half-open, so the density is exact on their borders too. No natural parts: the
 * filled cells touch at their corners.
 * @throws DataError for parameters that are no board
 */
export function checkerboard({ cells, width }: Spec): Distribution {
  const checks = new ParameterChecks('data.checkerboard');
  checks.count('cells', cells, 1, 10_000);
  checks.positive('width', width);
  const side = width / cells;
  const filled = Math.ceil((cells * cells) / 2);
  const logInside = -Math.log(filled * side * side);
  const cellOf = (value: number) => Math.floor((value + width / 2) / side);

  return {
    dim: 2,
    components: [],
    sample(random, n) {
      const out = new Float64Array(n * 2);
      for (let i = 0; i < n; i++) {
        // Filled cells in reading order: with an odd side the first of them in a row alternates by itself, else it is shifted.
        const index = 2 * random.integer(filled);
        const row = Math.floor(index / cells);
        const column = cells % 2 === 1 ? index % cells : (index % cells) + (row % 2);
        out[2 * i] = (column + random.uniform()) * side - width / 2;
        out[2 * i + 1] = (row + random.uniform()) * side - width / 2;
      }
      return out;
    },
    logDensity(x) {
      const out = new Float64Array(rowsOf(x, 2));
      for (let i = 0; i < out.length; i++) {
        const column = cellOf(x[2 * i] ?? 0);
        const row = cellOf(x[2 * i + 1] ?? 0);
        const inside = column >= 0 && column < cells && row >= 0 && row < cells && (column + row) % 2 === 0;
        out[i] = inside ? logInside : -Infinity;
      }
      return out;
    },
    componentOf: (x) => new Int32Array(rowsOf(x, 2)),
  };
}
