import { describe, expect, it } from 'vitest';
import { banana, defaultBanana } from '../../../src/data/builtin/banana';
import { defaultGaussianMixture, gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import type { Distribution } from '../../../src/data/distribution';
import { findModes } from '../../../src/diagnose/findModes';
import type { ModePartition } from '../../../src/diagnose/modeWeights';
import { Random } from '../../../src/shared/random';

/** Modes of n draws, standardised per coordinate as a fit does it. */
function modesOf(distribution: Distribution, n: number, seed: number): ModePartition {
  const { dim } = distribution;
  const rows = distribution.sample(new Random(seed), n);
  const mean = Array.from({ length: dim }, (_, j) => rows.reduce((t, v, i) => (i % dim === j ? t + v : t), 0) / n);
  const std = mean.map((m, j) => Math.sqrt(rows.reduce((t, v, i) => (i % dim === j ? t + (v - m) ** 2 : t), 0) / n));
  const toStandard = (x: Float64Array): Float64Array => x.map((v, i) => (v - mean[i % dim]!) / std[i % dim]!);
  const toUser = (z: Float64Array): Float64Array => z.map((v, i) => v * std[i % dim]! + mean[i % dim]!);
  return findModes(toStandard(rows), dim, toUser, toStandard);
}

function normal(dim: number): Distribution {
  return gaussianMixture({ means: [Array<number>(dim).fill(3)], std: [2], weights: [1] });
}

const seeds = [1, 2, 3, 4];

describe('findModes', () => {
  it.each(seeds)('finds the four modes of the four-mode mixture, with places and weights (seed %i)', (seed) => {
    const n = 4000;
    const { modes, assign } = modesOf(gaussianMixture(defaultGaussianMixture), n, seed);
    expect(modes).toHaveLength(4);
    for (const [k, center] of defaultGaussianMixture.means.entries()) {
      const [found] = assign(Float64Array.from(center));
      const mode = modes[found!]!;
      // A maximum of a kernel density of 60 or more rows of deviation .2.
      expect(Math.hypot(mode.center[0]! - center[0]!, mode.center[1]! - center[1]!)).toBeLessThan(0.15);
      const weight = defaultGaussianMixture.weights[k]!;
      expect(mode.stdErr).toBeCloseTo(Math.sqrt((mode.weight * (1 - mode.weight)) / n), 12);
      expect(Math.abs(mode.weight - weight)).toBeLessThanOrEqual(4 * Math.sqrt((weight * (1 - weight)) / n));
    }
    expect(modes.reduce((t, { weight }) => t + weight, 0)).toBeCloseTo(1, 12);
  });

  const counts = [200, 5000].flatMap((n) => [1, 2, 5].map((dim) => [n, dim] as const));
  it.each(counts)('finds one mode in %i rows of a Gaussian of dimension %i', (n, dim) => {
    expect(seeds.map((seed) => modesOf(normal(dim), n, seed).modes.length)).toEqual(seeds.map(() => 1));
  });

  it.each([400, 4000])('finds one mode in %i rows of the banana', (n) => {
    expect(seeds.map((seed) => modesOf(banana(defaultBanana), n, seed).modes.length)).toEqual(seeds.map(() => 1));
  });

  it('finds two separated modes in five dimensions', () => {
    const two = gaussianMixture({
      means: [
        [-3, 0, 0, 0, 0],
        [3, 0, 0, 0, 0],
      ],
      std: [1],
      weights: [0.3, 0.7],
    });
    for (const seed of seeds) {
      const { modes } = modesOf(two, 3000, seed);
      expect(modes).toHaveLength(2);
      const weights = modes.map(({ weight }) => weight).sort((a, b) => a - b);
      expect(Math.abs(weights[0]! - 0.3)).toBeLessThanOrEqual(4 * Math.sqrt(0.21 / 3000));
    }
  });

  it('finds two modes in one dimension, and calls rows by the nearest', () => {
    const { modes, assign } = modesOf(gaussianMixture({ means: [[-5], [5]], std: [1], weights: [0.2, 0.8] }), 2000, 1);
    expect(modes).toHaveLength(2);
    const [left, right] = assign(Float64Array.of(-4, 6));
    expect(modes[left!]!.center[0]).toBeLessThan(0);
    expect(modes[right!]!.center[0]).toBeGreaterThan(0);
  });
});
