import { describe, expect, it } from 'vitest';
import type { ObjectiveName } from '../../../src/shared/settings';
import { allSigns, crossed, normalDesign, type Rows } from '../support/designs';
import { gaussian, lossOf } from '../support/objectiveModels';
import { largest, spread } from '../support/numbers';

/** Any rows will do: skewed, correlated, off-centre. */
function rowsOf(dim: number, count: number): Rows {
  const noise = spread(dim * count, -1, 1, 7);
  return Array.from({ length: count }, (_, n) =>
    Array.from({ length: dim }, (_d, j) => 0.3 * j + noise[n * dim + j]! + (0.7 * noise[n * dim]! - 0.2) ** 2),
  );
}

function moments(rows: Rows): { mean: number[]; covariance: number[][] } {
  const mean = rows[0]!.map((_, j) => rows.reduce((t, row) => t + row[j]!, 0) / rows.length);
  const covariance = mean.map((_, i) =>
    mean.map((_m, j) => rows.reduce((t, row) => t + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / rows.length),
  );
  return { mean, covariance };
}

/** Inverse by Gauss-Jordan elimination; covariances need no pivoting. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    work[k] = work[k]!.map((v) => v / work[k]![k]!);
    for (let i = 0; i < n; i++) if (i !== k) work[i] = work[i]!.map((v, j) => v - work[i]![k]! * work[k]![j]!);
  }
  return work.map((row) => row.slice(n));
}

const methods: readonly [title: string, objective: ObjectiveName, directions: ((dim: number) => Rows) | undefined][] = [
  ['exact score matching', 'fisher', undefined],
  ['mfd', 'mfd', undefined],
  ['sliced, all signs', 'sliced', allSigns],
  ['sliced, normal directions', 'sliced', normalDesign],
  ['sliced-vr, all signs', 'sliced-vr', allSigns],
  ['sliced-vr, normal directions', 'sliced-vr', normalDesign],
];

describe.each(methods)('Gaussian check of %s', (_title, objective, directions) => {
  it.each([1, 2, 3])('the gradient vanishes at the sample mean and covariance in dimension %i, and only there', (dim) => {
    const rows = rowsOf(dim, 9);
    const { a, b, count } = crossed(rows, directions?.(dim) ?? [[]]);
    const loss = lossOf({ objective, model: gaussian(dim), rows: count });
    const { mean, covariance } = moments(rows);
    const precision = inverse(covariance).flat();
    const best = loss([...mean, ...precision], a, b);
    // Sums over rows of products of numbers of the size of the precision squared, which is below a hundred here.
    expect(largest(best.gradient)).toBeLessThanOrEqual(1e-11);
    // J at the minimum is -tr(precision) / 2.
    const trace = mean.reduce((t, _, i) => t + precision[i * dim + i]!, 0);
    expect(best.loss).toBeCloseTo(-trace / 2, 10);
    for (let i = 0; i < dim + dim * dim; i++) {
      for (const step of [0.05, -0.05]) {
        const moved = [...mean, ...precision];
        moved[i]! += step;
        const other = loss(moved, a, b);
        expect(other.loss).toBeGreaterThan(best.loss + 1e-6);
        expect(Math.sign(other.gradient[i]!)).toBe(Math.sign(step));
      }
    }
  });
});
