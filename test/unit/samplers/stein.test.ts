import { describe, expect, it } from 'vitest';
import { basinGrid, defaultBasinGrid } from '../../../src/samplers/basinGrid';
import { medianBandwidth } from '../../../src/samplers/medianBandwidth';
import { mixtureTarget } from '../../../src/samplers/mixtureTarget';
import { cyclicAttraction } from '../../../src/samplers/svgd';
import { executorOf } from '../support/executors';
import { cloud, runAll, startRun } from './harness';

const mixture = {
  means: [
    [1, 0, 2],
    [-2, 1, 0],
  ],
  std: [0.7, 1.2],
  weights: [0.4, 0.6],
};

/** The score of the mixture in float64. */
function scoreAt(x: readonly number[]): number[] {
  const shares = mixture.means.map((mean, k) => {
    const std = mixture.std[k] ?? 1;
    const square = mean.reduce((total, m, d) => total + ((x[d] ?? 0) - m) ** 2, 0);
    return ((mixture.weights[k] ?? 0) / std ** 3) * Math.exp(-square / (2 * std * std));
  });
  const total = shares.reduce((a, b) => a + b);
  return x.map((value, d) =>
    mixture.means.reduce((sum, mean, k) => sum - ((shares[k] ?? 0) / total) * ((value - (mean[d] ?? 0)) / (mixture.std[k] ?? 1) ** 2), 0),
  );
}

/** One plain step by the definition: sums over pairs. */
function plainStep(rows: readonly (readonly number[])[], h: number, step: number): number[] {
  const scores = rows.map(scoreAt);
  return rows.flatMap((x) =>
    x.map((value, d) => {
      const phi = rows.reduce((total, y, j) => {
        const kernel = Math.exp(-x.reduce((square, v, e) => square + (v - (y[e] ?? 0)) ** 2, 0) / (2 * h * h));
        return total + kernel * (scores[j]?.[d] ?? 0) + kernel * ((value - (y[d] ?? 0)) / (h * h));
      }, 0);
      return value + (step * phi) / rows.length;
    }),
  );
}

describe('SVGD', () => {
  // 300 particles are two blocks of kernel rows.
  it.each([7, 300])('takes the step of its definition with %i particles, far from the origin too', async (n) => {
    const start = cloud(1, n, 3, 2);
    const rows = Array.from({ length: n }, (_, i) => Array.from(start.subarray(3 * i, 3 * i + 3), Math.fround));
    const options = { steps: 1, stepSize: 0.5, optimizer: 'plain' };
    const fixed = await runAll('svgd', { target: mixtureTarget(mixture), start, seed: 1 }, { ...options, kernel: 'fixed', bandwidth: 1.3 });
    plainStep(rows, 1.3, 0.5).forEach((value, i) => {
      expect(fixed.particles[i]).toBeCloseTo(value, 4);
    });
    const median = await runAll('svgd', { target: mixtureTarget(mixture), start, seed: 1 }, options);
    plainStep(rows, medianBandwidth(Float32Array.from(start), 3), 0.5).forEach((value, i) => {
      expect(median.particles[i]).toBeCloseTo(value, 4);
    });
  });

  it('takes the median of all squared distances', () => {
    const points = cloud(3, 40, 2);
    const squares: number[] = [];
    for (let i = 0; i < 40; i++)
      for (let j = 0; j < i; j++)
        squares.push(((points[2 * i] ?? 0) - (points[2 * j] ?? 0)) ** 2 + ((points[2 * i + 1] ?? 0) - (points[2 * j + 1] ?? 0)) ** 2);
    const median = squares.sort((a, b) => a - b)[squares.length >> 1] ?? 0;
    expect(medianBandwidth(Float32Array.from(points), 2)).toBeCloseTo(Math.sqrt(median / (2 * Math.log(41))), 5);
    expect(medianBandwidth(new Float32Array(8), 2)).toBeGreaterThan(0);
  });

  it('works with one particle: plain gradient ascent', async () => {
    const { particles } = await runAll(
      'svgd',
      { target: mixtureTarget(mixture), start: Float64Array.of(0.9, 0.1, 1.9), seed: 1 },
      { steps: 300, optimizer: 'plain', stepSize: 0.1 },
    );
    [1, 0, 2].forEach((mode, d) => {
      expect(particles[d]).toBeCloseTo(mode, 1);
    });
  });

  it('rises to full attraction in cycles', () => {
    const rise = Array.from({ length: 100 }, (_, t) => cyclicAttraction(t, 100, 10, 10));
    expect(rise.slice(0, 3)).toEqual([0, 1e-10, 0.2 ** 10].map((v) => expect.closeTo(v, 14) as number));
    expect(rise[9]).toBeCloseTo(0.9 ** 10, 12);
    expect(rise[10]).toBe(0);
    expect(rise.slice(90)).toEqual(new Array(10).fill(1));
  });

  it('without attraction only spreads', async () => {
    const start = cloud(1, 20, 3, 0.1);
    const run = await startRun('annealed-svgd', { target: mixtureTarget(mixture), start, seed: 1 }, { steps: 100, optimizer: 'plain' });
    await run.advance(1);
    const spread = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value * value, 0);
    expect(spread(run.particles())).toBeGreaterThan(spread(start));
    await run.dispose();
  });
});

describe('the grid of starts', { timeout: 120_000 }, () => {
  /** science: share of the particles left, by pi_1, sigma_0 and mu_0 = -10, -5, 0, 5, 10; each from 200 draws. */
  it.each([
    [0.5, 10, [0.82, 0.7, 0.48, 0.28, 0.12]],
    [0.1, 5, [0.96, 0.84, 0.53, 0.14, 0.04]],
  ])('pi_1 = %d, sigma_0 = %d: particles stay in the basins they start in', async (weight, deviation, left) => {
    const cells = await basinGrid(await executorOf('onnx'), { ...defaultBasinGrid, weights: [weight], startDeviations: [deviation] });
    expect(cells.length).toBe(5);
    cells.forEach((cell, i) => {
      expect(Math.abs(cell.left - (left[i] ?? 0))).toBeLessThanOrEqual(0.06);
      expect(Math.abs(cell.left - cell.predicted)).toBeLessThan(0.04);
      expect(cell.end.reduce((total, density) => total + density * 0.5, 0)).toBeCloseTo(1, 9);
    });
  });
});
