import { describe, expect, it } from 'vitest';
import { gridPoints } from '../../../src/diagnose/points';
import { adaptiveKernels } from '../../../src/diagnose/proposal';
import { defaultGaussianMixture, gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { Random } from '../../../src/shared/random';

function normalRows(n: number, dim: number, seed: number): Float64Array {
  const out = new Float64Array(n * dim);
  new Random(seed).fillNormal(out);
  return out;
}

describe('adaptive kernels', () => {
  it('integrate to one in one dimension', () => {
    const kernels = adaptiveKernels(normalRows(200, 1, 1), 1);
    const grid = gridPoints({ low: [-12], high: [12], cells: [60_000] });
    // The narrowest kernel may be as narrow as a few cells; the rest of the error is tails beyond the box.
    const total = kernels.logDensity(grid.points).reduce((t, l, i) => t + grid.weights[i]! * Math.exp(l), 0);
    expect(total).toBeCloseTo(1, 6);
  });

  it('integrate to one in two dimensions', () => {
    const kernels = adaptiveKernels(gaussianMixture(defaultGaussianMixture).sample(new Random(2), 300), 2);
    const grid = gridPoints({ low: [-3, -3], high: [3, 3], cells: [250, 250] });
    const total = kernels.logDensity(grid.points).reduce((t, l, i) => t + grid.weights[i]! * Math.exp(l), 0);
    expect(total).toBeCloseTo(1, 4);
  });

  it.each([1, 2, 5])('are drawn from as their density says, in dimension %i', (dim) => {
    // E over draws of f(x) / density(x) is the integral of f: 1 for f a normal density well inside the kernels' support.
    const kernels = adaptiveKernels(normalRows(3000, dim, 3), dim);
    const n = 8000;
    const draws = kernels.draw(n, new Random(4));
    const logDensity = kernels.logDensity(draws);
    const ratios = Array.from(logDensity, (l, i) => {
      const squared = draws.subarray(i * dim, (i + 1) * dim).reduce((t, v) => t + v * v, 0);
      return Math.exp(-squared / (2 * 0.5) - (dim / 2) * Math.log(Math.PI) - l);
    });
    const mean = ratios.reduce((t, r) => t + r, 0) / n;
    const stdErr = Math.sqrt(ratios.reduce((t, r) => t + (r - mean) ** 2, 0) / n / n);
    expect(stdErr).toBeLessThan(0.05);
    expect(Math.abs(mean - 1)).toBeLessThanOrEqual(4 * stdErr);
  });

  it('are narrow on tight modes and wide elsewhere', () => {
    const tight = normalRows(200, 2, 5).map((v) => 0.01 * v);
    const wide = normalRows(200, 2, 6).map((v, i) => (i % 2 === 0 ? 50 + 5 * v : 5 * v));
    const rows = Float64Array.from([...tight, ...wide]);
    const kernels = adaptiveKernels(rows, 2);
    const [atTight, atWide] = kernels.logDensity(Float64Array.of(0, 0, 50, 0));
    // Half the mass each, on areas of (.01)^2 and 5^2: log ratio 12.4, of which smoothing takes a part.
    expect(atTight! - atWide!).toBeGreaterThan(10);
    expect(atTight! - atWide!).toBeLessThan(13.5);
  });

  it('stand repeated rows and single rows', () => {
    for (const rows of [new Float64Array(40), Float64Array.of(1, 2)]) {
      const kernels = adaptiveKernels(rows, 2);
      expect(kernels.logDensity(kernels.draw(5, new Random(1))).every(Number.isFinite)).toBe(true);
    }
  });
});
