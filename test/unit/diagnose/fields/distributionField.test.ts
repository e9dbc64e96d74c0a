import { expect, it } from 'vitest';
import { distributionOf } from '../../../../src/data/distributions';
import { distributionField } from '../../../../src/diagnose/fields/distributionField';
import { componentsOf } from '../../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../../src/diagnose/fields/gaussianField';
import { Random } from '../../../../src/shared/random';

it('has the score and the Laplacian of the closed form', async () => {
  const means = [
    [-1, 3],
    [2, 0.5],
  ];
  const distribution = distributionOf({ kind: 'gaussianMixture', means, std: [0.8, 0.8], weights: [0.3, 0.7] });
  const rows = distribution.sample(new Random(4), 50);
  const numeric = await distributionField(distribution, [1, 1]).at(rows);
  const exact = await gaussianField(componentsOf(means, [0.8], [0.3, 0.7])).at(rows);
  const worst = (a: Float64Array, b: Float64Array): number => a.reduce((t, v, i) => Math.max(t, Math.abs(v - b[i]!)), 0);
  expect(worst(numeric.logDensity, exact.logDensity)).toBeLessThan(1e-12);
  // Truncation step^2 / 6 times the third derivative, up to 20 here; rounding 1e-15 / step^2 times 4.
  expect(worst(numeric.score, exact.score)).toBeLessThan(1e-6);
  expect(worst(numeric.laplacian, exact.laplacian)).toBeLessThan(1e-5);
});
