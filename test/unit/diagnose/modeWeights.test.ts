import { describe, expect, it } from 'vitest';
import { banana, defaultBanana } from '../../../src/data/builtin/banana';
import { defaultGaussianMixture, gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { knownModes, modeWeights } from '../../../src/diagnose/modeWeights';
import { drawnPoints, gridPoints } from '../../../src/diagnose/points';
import { Random } from '../../../src/shared/random';
import { integratedErf } from '../support/elementwiseCases';

const cdf = (x: number): number => (1 + integratedErf(x / Math.SQRT2)) / 2;
const mixture = gaussianMixture({ means: [[-5], [5]], std: [1], weights: [0.2, 0.8] });

describe('modeWeights', () => {
  it('are the masses of the parts, on a grid', () => {
    const grid = gridPoints({ low: [-15], high: [15], cells: [3000] });
    const weights = modeWeights(grid, mixture.logDensity(grid.points), mixture.componentOf(grid.points), 2);
    // Phi(-5) = 3e-7 of each component lies in the other's part.
    expect(weights[0]!.weight).toBeCloseTo(0.2, 6);
    expect(weights[1]!.weight).toBeCloseTo(0.8, 6);
    for (const { stdErr } of weights) expect(stdErr).toBeLessThanOrEqual(1e-8);
  });

  it('do not depend on the normaliser of the density', () => {
    const grid = gridPoints({ low: [-15], high: [15], cells: [300] });
    const assigned = mixture.componentOf(grid.points);
    const logDensity = mixture.logDensity(grid.points);
    const shifted = modeWeights(
      grid,
      logDensity.map((l) => l - 3),
      assigned,
      2,
    );
    expect(shifted[0]!.weight).toBeCloseTo(modeWeights(grid, logDensity, assigned, 2)[0]!.weight, 12);
  });

  it('carry the standard error of draws', () => {
    const random = new Random(3);
    const n = 20_000;
    // Draws from equal weights, weighed to .2 and .8.
    const even = gaussianMixture({ means: [[-5], [5]], std: [1], weights: [0.5, 0.5] });
    const x = even.sample(random, n);
    const weights = modeWeights(drawnPoints(x, 1, even.logDensity(x)), mixture.logDensity(x), mixture.componentOf(x), 2);
    // f = .4 k / (.4 k + 1.6 (n - k)) with k binomial: df/dk = (.4 * 1.6) / n at k = n/2, times sqrt(n) / 2.
    const expected = 0.32 / Math.sqrt(n);
    expect(weights[0]!.stdErr / expected).toBeGreaterThan(0.5);
    expect(weights[0]!.stdErr / expected).toBeLessThan(1.6);
    expect(Math.abs(weights[0]!.weight - 0.2)).toBeLessThanOrEqual(4 * expected);
    expect(weights[0]!.weight + weights[1]!.weight).toBeCloseTo(1, 12);
  });

  it('are zero for a part without points', () => {
    const grid = gridPoints({ low: [-1], high: [1], cells: [10] });
    expect(modeWeights(grid, new Float64Array(10), new Int32Array(10), 2).map(({ weight }) => weight)).toEqual([1, 0]);
  });
});

describe('knownModes', () => {
  it('are the components, with exact weights, where these do not overlap', () => {
    const distribution = gaussianMixture(defaultGaussianMixture);
    const partition = knownModes(distribution, distribution.sample(new Random(1), 20_000))!;
    partition.modes.forEach(({ weight }, k) => expect(weight).toBeCloseTo([0.1, 0.2, 0.3, 0.4][k]!, 12));
    expect(partition.modes.map(({ stdErr }) => stdErr)).toEqual([0, 0, 0, 0]);
    expect(Array.from(partition.assign(Float64Array.of(-1, -1, 1, 1, 1, -0.9)))).toEqual([0, 3, 2]);
  });

  it('are the masses of the parts where components overlap', () => {
    const distribution = gaussianMixture({ means: [[-0.5], [0.5]], std: [1], weights: [0.3, 0.7] });
    const n = 40_000;
    const [first] = knownModes(distribution, distribution.sample(new Random(2), n))!.modes;
    // Rows left of log(.3 / .7) belong to the first.
    const edge = Math.log(0.3 / 0.7);
    const expected = 0.3 * cdf(edge + 0.5) + 0.7 * cdf(edge - 0.5);
    expect(first!.stdErr).toBeCloseTo(Math.sqrt((expected * (1 - expected)) / n), 4);
    expect(Math.abs(first!.weight - expected)).toBeLessThanOrEqual(4 * first!.stdErr);
  });

  it('are unknown for a distribution without parts', () => {
    const bent = banana(defaultBanana);
    expect(knownModes(bent, bent.sample(new Random(1), 10))).toBeUndefined();
  });
});
