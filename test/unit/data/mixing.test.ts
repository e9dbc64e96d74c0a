import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/data/dataError';
import { mixingOf, resolveMixing } from '../../../src/data/mixing';
import { Random } from '../../../src/shared/random';
import { cellMasses } from './quadrature';
import type { ResolvedMixing } from '../../../src/data/mixing';
import type { BuiltinMixingSpec } from '../../../src/data/spec';

const fitted = {
  mean: Float64Array.from([1, -2]),
  std: Float64Array.from([0.5, 2]),
  low: Float64Array.from([0, -10]),
  high: Float64Array.from([2, 10]),
};

it('has the width one where the data do not vary', () => {
  const fitted = { mean: Float64Array.of(3), std: Float64Array.of(0), low: Float64Array.of(3), high: Float64Array.of(3) };
  expect(resolveMixing({ kind: 'gaussian' }, fitted)).toEqual({ kind: 'gaussian', mean: [3], std: [1] });
  expect(resolveMixing({ kind: 'uniformBox' }, fitted)).toEqual({ kind: 'uniformBox', low: [2.5], high: [3.5] });
});

describe('resolveMixing', () => {
  it('fits what is left open to the data', () => {
    expect(resolveMixing({ kind: 'gaussian' }, fitted)).toEqual({ kind: 'gaussian', mean: [1, -2], std: [0.5, 2] });
    expect(resolveMixing({ kind: 'uniformBox' }, fitted)).toEqual({ kind: 'uniformBox', low: [-0.4, -14], high: [2.4, 14] });
  });

  it('keeps what is given, and spreads one number over all coordinates', () => {
    expect(resolveMixing({ kind: 'gaussian', mean: 0, std: [1, 3] }, fitted)).toEqual({ kind: 'gaussian', mean: [0, 0], std: [1, 3] });
    expect(resolveMixing({ kind: 'uniformBox', low: -5, high: [5, 6] }, fitted)).toEqual({
      kind: 'uniformBox',
      low: [-5, -5],
      high: [5, 6],
    });
    const mixture: BuiltinMixingSpec = {
      kind: 'mixture',
      means: [
        [0, 0],
        [1, 1],
      ],
      std: [1],
      weights: [0.5, 0.5],
    };
    expect(resolveMixing(mixture, fitted)).toEqual(mixture);
  });

  it.each<[string, BuiltinMixingSpec]>([
    ["The mixing density's mean has 1 coordinates, but the energy has 2; give 2.", { kind: 'gaussian', mean: [0] }],
    ["The mixing density's std has 3 coordinates, but the energy has 2; give 2.", { kind: 'gaussian', std: [1, 1, 1] }],
    ["The mixing density's low has 3 coordinates, but the energy has 2; give 2.", { kind: 'uniformBox', low: [1, 1, 1] }],
    [
      "The mixing density's mean has 3 coordinates, but the energy has 2; give 2.",
      { kind: 'mixture', means: [[1, 1, 1]], std: [1], weights: [1] },
    ],
  ])('refuses another dimension: %s', (message, spec) => {
    expect(() => resolveMixing(spec, fitted)).toThrow(expect.objectContaining({ message, reason: 'mixing-dimension' }));
  });
});

describe('mixingOf', () => {
  const densities: readonly ResolvedMixing[] = [
    { kind: 'gaussian', mean: [1, -2], std: [0.6, 2.4] },
    { kind: 'uniformBox', low: [-0.5, -14], high: [2.5, 14] },
    {
      kind: 'mixture',
      means: [
        [0, 0],
        [2, -3],
      ],
      std: [0.5, 1],
      weights: [0.3, 0.7],
    },
  ];

  it.each(densities)('$kind is normalised, and its samples have its mean log density', (resolved) => {
    const density = mixingOf(resolved);
    // The box is covered by whole cells of this grid.
    const masses = cellMasses(density, { low: [-8, -20], high: [8, 20], cells: 320 });
    expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 6);
    const negativeEntropy = masses.reduce((sum, mass) => sum + (mass > 0 ? mass * Math.log(mass / ((16 * 40) / 320 ** 2)) : 0), 0);
    const rows = 20_000;
    const mean = density.logDensity(density.sample(new Random(3), rows)).reduce((sum, value) => sum + value, 0) / rows;
    // In the plane a Gaussian's log density varies by one; a mixture's a little more.
    expect(Math.abs(mean - negativeEntropy)).toBeLessThan(4 * Math.sqrt(2 / rows));
  });

  it('draws each coordinate with its own mean and spread', () => {
    const rows = 20_000;
    const x = mixingOf({ kind: 'gaussian', mean: [1, -2], std: [0.6, 2.4] }).sample(new Random(4), rows);
    for (const [j, [mean, std]] of [
      [1, 0.6],
      [-2, 2.4],
    ].entries()) {
      const column = x.filter((_, i) => i % 2 === j);
      const average = column.reduce((sum, value) => sum + value, 0) / rows;
      const variance = column.reduce((sum, value) => sum + (value - average) ** 2, 0) / rows;
      expect(Math.abs(average - (mean ?? NaN))).toBeLessThan((4 * (std ?? NaN)) / Math.sqrt(rows));
      expect(Math.abs(Math.sqrt(variance) - (std ?? NaN))).toBeLessThan((4 * (std ?? NaN)) / Math.sqrt(2 * rows));
    }
  });

  it('is -Infinity outside a box and constant on it, borders included', () => {
    const box = mixingOf({ kind: 'uniformBox', low: [0, 0], high: [2, 4] });
    expect([...box.logDensity(Float64Array.from([1, 1, 0, 4, 2.01, 1, 1, -0.01]))]).toEqual([
      -Math.log(8),
      -Math.log(8),
      -Infinity,
      -Infinity,
    ]);
  });

  it('says what it is', () => {
    expect(densities.map((resolved) => mixingOf(resolved).description)).toEqual([
      'N((1, -2), diag (0.6, 2.4)^2)',
      'uniform on the box from (-0.5, -14) to (2.5, 14)',
      'mixture of 2 Gaussians',
    ]);
  });

  it.each<[string, ResolvedMixing]>([
    ['mixing.gaussian: std must be a positive number, not 0.', { kind: 'gaussian', mean: [0], std: [0] }],
    ['mixing.gaussian: std has 1 numbers, but the mean has 2.', { kind: 'gaussian', mean: [0, 0], std: [1] }],
    ['mixing.uniformBox: every high must be above its low.', { kind: 'uniformBox', low: [0, 1], high: [1, 1] }],
    ['mixing.mixture: the weights sum to 0.5; they must sum to 1.', { kind: 'mixture', means: [[0]], std: [1], weights: [0.5] }],
  ])('refuses %s', (message, resolved) => {
    expect(() => mixingOf(resolved)).toThrow(new DataError('mixing-parameters', message));
  });
});
