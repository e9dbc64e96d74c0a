import { describe, expect, it } from 'vitest';
import { distributionOf, defaultDataSpec } from '../../../src/data/distributions';
import { DataError } from '../../../src/data/dataError';
import { Random } from '../../../src/shared/random';
import { cellMasses, coarsen } from './quadrature';
import type { AffineDataSpec, BuiltinDataSpec } from '../../../src/data/spec';
import type { Grid } from './quadrature';

const square = (side: number, cells: number): Grid => ({ low: [-side, -side], high: [side, side], cells });

const cases: readonly { name: string; spec: BuiltinDataSpec | AffineDataSpec; grid: Grid }[] = [
  { name: 'gaussianMixture', spec: defaultDataSpec.gaussianMixture, grid: square(2.4, 192) },
  { name: 'rings', spec: defaultDataSpec.rings, grid: square(2, 192) },
  { name: 'moons', spec: defaultDataSpec.moons, grid: { low: [-2, -1.6], high: [3, 2.1], cells: 192 } },
  { name: 'pinwheel', spec: defaultDataSpec.pinwheel, grid: square(6, 384) },
  {
    name: 'a stout, fast turning pinwheel',
    spec: { kind: 'pinwheel', arms: 2, radialStd: 0.2, tangentialStd: 0.4, rate: 0.8 },
    grid: square(6, 384),
  },
  { name: 'checkerboard', spec: defaultDataSpec.checkerboard, grid: square(6, 96) },
  { name: 'checkerboard of odd side', spec: { kind: 'checkerboard', cells: 3, width: 6 }, grid: square(4, 96) },
  { name: 'spirals', spec: defaultDataSpec.spirals, grid: square(4.2, 192) },
  { name: 'three short spirals', spec: { kind: 'spirals', arms: 3, turns: 0.6, std: 0.2 }, grid: square(3.2, 192) },
  { name: 'banana', spec: defaultDataSpec.banana, grid: { low: [-7, -2.6], high: [7, 27], cells: 384 } },
  { name: 'grid25', spec: defaultDataSpec.grid25, grid: square(2.5, 384) },
  {
    name: 'affine',
    spec: { kind: 'affine', base: defaultDataSpec.moons, scale: -0.5, shift: [3, -1] },
    grid: { low: [1.5, -2.05], high: [4, -0.2], cells: 192 },
  },
];

describe.each(cases)('$name', ({ spec, grid }) => {
  const distribution = distributionOf(spec);
  const masses = cellMasses(distribution, grid);
  const rows = 20_000;
  const x = distribution.sample(new Random(20), rows);
  const logDensity = distribution.logDensity(x);

  it('has a density that integrates to one', () => {
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    expect(Math.abs(total - 1)).toBeLessThan(1e-6);
  });

  it('draws samples whose mean log density is the negative entropy', () => {
    const cellArea = ((grid.high[0] - grid.low[0]) * (grid.high[1] - grid.low[1])) / grid.cells ** 2;
    const moment = (power: number) => masses.reduce((sum, mass) => sum + (mass > 0 ? mass * Math.log(mass / cellArea) ** power : 0), 0);
    const mean = logDensity.reduce((sum, value) => sum + value, 0) / rows;
    const standardError = Math.sqrt(Math.max(0, moment(2) - moment(1) ** 2) / rows);
    expect(Math.abs(mean - moment(1))).toBeLessThan(4 * standardError + 1e-9);
  });

  it('draws samples whose histogram agrees with the density by a chi-square test', () => {
    const coarse = 24;
    const expected = coarsen(masses, grid.cells, grid.cells / coarse);
    const counts = new Float64Array(expected.length);
    for (let i = 0; i < rows; i++) {
      const column = Math.floor((((x[2 * i] ?? NaN) - grid.low[0]) / (grid.high[0] - grid.low[0])) * coarse);
      const row = Math.floor((((x[2 * i + 1] ?? NaN) - grid.low[1]) / (grid.high[1] - grid.low[1])) * coarse);
      counts[row * coarse + column] = (counts[row * coarse + column] ?? NaN) + 1;
    }
    let chiSquare = 0;
    let freedom = -1;
    let rareExpected = 0;
    let rareCount = 0;
    for (const [cell, mass] of expected.entries()) {
      if (mass * rows < 5) {
        rareExpected += mass * rows;
        rareCount += counts[cell] ?? NaN;
        continue;
      }
      chiSquare += ((counts[cell] ?? NaN) - mass * rows) ** 2 / (mass * rows);
      freedom++;
    }
    expect(freedom).toBeGreaterThan(3);
    expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
    expect(Math.abs(rareCount - rareExpected)).toBeLessThan(4 * Math.sqrt(rareExpected) + 1e-3);
  });

  it('has parts whose weights sum to one and whose share of the samples is their weight', () => {
    const { components } = distribution;
    const counts = new Array<number>(Math.max(1, components.length)).fill(0);
    for (const component of distribution.componentOf(x)) counts[component] = (counts[component] ?? NaN) + 1;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows);
    if (components.length === 0) return;
    expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    // Where parts overlap the most responsible one is not always the one drawn: hence the two percent.
    for (const [k, { weight }] of components.entries()) expect(Math.abs((counts[k] ?? NaN) / rows - weight)).toBeLessThan(0.02);
  });

  it('draws the same rows from the same seed', () => {
    expect(distribution.sample(new Random(20), 5)).toEqual(x.slice(0, 10));
  });
});

describe('exact values', () => {
  const at = (spec: BuiltinDataSpec | AffineDataSpec, ...point: number[]) =>
    distributionOf(spec).logDensity(Float64Array.from(point))[0] ?? NaN;

  it('gives a Gaussian its formula in three dimensions', () => {
    const spec: BuiltinDataSpec = { kind: 'gaussianMixture', means: [[1, 2, 3]], std: [2], weights: [1] };
    expect(at(spec, 2, 0, 3)).toBeCloseTo(-1.5 * Math.log(2 * Math.PI * 4) - 5 / 8, 13);
  });

  it('finds the component and the log density of points so far out that every density underflows', () => {
    const distribution = distributionOf(defaultDataSpec.gaussianMixture);
    const far = Float64Array.from([100, 100, -100, 100, -100, -100]);
    expect([...distribution.componentOf(far)]).toEqual([3, 1, 0]);
    expect(distribution.logDensity(far)[0]).toBeCloseTo(Math.log(0.4) - Math.log(2 * Math.PI * 0.04) - (99 ** 2 * 2) / 0.08, 6);
  });

  it('folds radii that are negative: a ring wider than its radius still integrates to one', () => {
    const wide = distributionOf({ kind: 'rings', radii: [0.3], std: 0.5, weights: [1] });
    // Integrated over the radius in rings of constant density.
    const steps = 20_000;
    const width = 5 / steps;
    const radii = Float64Array.from({ length: steps }, (_, i) => (i + 0.5) * width);
    const log = wide.logDensity(Float64Array.from([...radii].flatMap((r) => [0, -r])));
    const total = log.reduce((sum, value, i) => sum + Math.exp(value) * 2 * Math.PI * (radii[i] ?? NaN) * width, 0);
    expect(total).toBeCloseTo(1, 7);
    const x = wide.sample(new Random(1), 20_000);
    let near = 0;
    for (let i = 0; i < 20_000; i++) if (Math.hypot(x[2 * i] ?? NaN, x[2 * i + 1] ?? NaN) < 0.2) near++;
    // P(|0.3 + 0.5 z| < 0.2) = Phi(-0.2) - Phi(-1) = 0.262085
    expect(Math.abs(near / 20_000 - 0.262085)).toBeLessThan(4 * Math.sqrt((0.262 * 0.738) / 20_000));
  });

  it('stays finite at the centre of rings, and negligible for narrow ones', () => {
    expect(at(defaultDataSpec.rings, 0, 0)).toBeLessThan(-20);
    expect(Number.isFinite(at(defaultDataSpec.rings, 0, 0))).toBe(true);
  });

  it('agrees with brute-force integrals of moons and spirals, also outside', () => {
    const brute = (
      end: number,
      density: (t: number) => number,
      curve: (t: number) => readonly [number, number],
      std: number,
      x: number,
      y: number,
    ) => {
      // Simpson's rule.
      const steps = 200_000;
      let sum = 0;
      for (let i = 0; i <= steps; i++) {
        const t = (i * end) / steps;
        const [a, b] = curve(t);
        const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
        sum += (weight / 3) * density(t) * Math.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * std * std));
      }
      return Math.log((sum * end) / steps / (2 * Math.PI * std * std));
    };
    for (const [x, y] of [
      [0.3, 0.8],
      [-1.2, -0.1],
      [0, 0],
      [0.5, 0.25],
      [2.6, 1.5],
    ] as const) {
      const upper = Math.exp(
        brute(
          Math.PI,
          () => 1 / Math.PI,
          (t) => [Math.cos(t), Math.sin(t)],
          0.1,
          x,
          y,
        ),
      );
      const lower = Math.exp(
        brute(
          Math.PI,
          () => 1 / Math.PI,
          (t) => [1 - Math.cos(t), 0.5 - Math.sin(t)],
          0.1,
          x,
          y,
        ),
      );
      expect(at(defaultDataSpec.moons, x, y)).toBeCloseTo(Math.log((upper + lower) / 2), 9);
    }
    const end = 3 * Math.PI;
    for (const [x, y] of [
      [0, 0],
      [1, 1],
      [-2, 0.4],
      [3.1, 0.1],
      [3.6, -1],
    ] as const) {
      const arm = (sign: number) =>
        Math.exp(
          brute(
            end,
            (t) => (2 * t) / end ** 2,
            (t) => [(-sign * t * Math.cos(t)) / 3, (sign * t * Math.sin(t)) / 3],
            0.1,
            x,
            y,
          ),
        );
      expect(at(defaultDataSpec.spirals, x, y)).toBeCloseTo(Math.log((arm(1) + arm(-1)) / 2), 9);
    }
  });

  it('puts the centres of arms and moons at their means', () => {
    for (const spec of [defaultDataSpec.moons, defaultDataSpec.spirals, { kind: 'spirals', arms: 3, turns: 0.3, std: 0.01 } as const]) {
      const distribution = distributionOf(spec);
      const x = distribution.sample(new Random(9), 40_000);
      const weighted = [0, 1].map((j) => distribution.components.reduce((sum, { weight, center }) => sum + weight * (center[j] ?? NaN), 0));
      for (const j of [0, 1]) {
        const mean = x.reduce((sum, value, i) => sum + (i % 2 === j ? value : 0), 0) / 40_000;
        expect(Math.abs(mean - (weighted[j] ?? NaN))).toBeLessThan(0.04);
      }
    }
    // One arm alone, so that the arms' means cannot cancel.
    const one = distributionOf({ kind: 'spirals', arms: 1, turns: 0.7, std: 0.01 });
    const x = one.sample(new Random(10), 40_000);
    for (const j of [0, 1]) {
      const mean = x.reduce((sum, value, i) => sum + (i % 2 === j ? value : 0), 0) / 40_000;
      expect(Math.abs(mean - (one.components[0]?.center[j] ?? NaN))).toBeLessThan(0.02);
    }
  });

  it('transforms centres, densities and parts of an affine image', () => {
    const base = distributionOf(defaultDataSpec.gaussianMixture);
    const image = distributionOf({ kind: 'affine', base: defaultDataSpec.gaussianMixture, scale: -3, shift: [10, 20] });
    expect(image.components[3]?.center).toEqual([7, 17]);
    const point = Float64Array.from([0.7, 1.1]);
    const moved = Float64Array.from([10 - 2.1, 20 - 3.3]);
    expect(image.logDensity(moved)[0]).toBeCloseTo((base.logDensity(point)[0] ?? NaN) - 2 * Math.log(3), 10);
    expect(image.componentOf(moved)[0]).toBe(3);
  });

  it('is -Infinity in the empty cells of a checkerboard and beyond it', () => {
    expect(at(defaultDataSpec.checkerboard, -3, -3)).toBeCloseTo(-Math.log(32), 13);
    expect(at(defaultDataSpec.checkerboard, -1, -3)).toBe(-Infinity);
    expect(at(defaultDataSpec.checkerboard, 5, 1)).toBe(-Infinity);
    expect(at(defaultDataSpec.checkerboard, -5, -3)).toBe(-Infinity);
  });

  it('refuses rows of another length', () => {
    for (const spec of Object.values(defaultDataSpec)) {
      expect(() => distributionOf(spec).logDensity(new Float64Array(3))).toThrow(RangeError);
      expect(() => distributionOf(spec).componentOf(new Float64Array(3))).toThrow(RangeError);
    }
  });
});

describe('impossible parameters', () => {
  const moons = defaultDataSpec.moons;
  it.each<[string, BuiltinDataSpec | AffineDataSpec]>([
    [
      'data.gaussianMixture: the weights sum to 1.1; they must sum to 1.',
      { ...defaultDataSpec.gaussianMixture, weights: [0.1, 0.2, 0.3, 0.5] },
    ],
    [
      'data.gaussianMixture: there must be one weight for each of the 4 parts, not 1.',
      { ...defaultDataSpec.gaussianMixture, weights: [1] },
    ],
    ['data.gaussianMixture: a weight cannot be -1.', { ...defaultDataSpec.gaussianMixture, weights: [-1, 1, 1, 0] }],
    ['data.gaussianMixture: std must be a positive number, not 0.', { ...defaultDataSpec.gaussianMixture, std: [0] }],
    [
      'data.gaussianMixture: std must be one number or one for each of the 4 parts, not 2.',
      { ...defaultDataSpec.gaussianMixture, std: [1, 2] },
    ],
    [
      'data.gaussianMixture: means must all have 2 coordinates, but one has 1.',
      { kind: 'gaussianMixture', means: [[0, 0], [1]], std: [1], weights: [0.5, 0.5] },
    ],
    ['data.gaussianMixture: means must hold at least one point.', { kind: 'gaussianMixture', means: [], std: [1], weights: [] }],
    ['data.rings: every radius must be a positive number, not -1.', { ...defaultDataSpec.rings, radii: [-1, 1] }],
    ['data.moons: std must be a positive number, not NaN.', { kind: 'moons', std: NaN }],
    ['data.moons: std 1e-9 is too small for an exact density.', { kind: 'moons', std: 1e-9 }],
    ['data.spirals: std 0.000001 is too small for an exact density of 1.5 turns.', { ...defaultDataSpec.spirals, std: 1e-6 }],
    ['data.spirals: arms must be a whole number from 1 to 100, not 1.5.', { ...defaultDataSpec.spirals, arms: 1.5 }],
    ['data.pinwheel: rate must be a finite number, not Infinity.', { ...defaultDataSpec.pinwheel, rate: Infinity }],
    ['data.checkerboard: cells must be a whole number from 1 to 10000, not 0.', { ...defaultDataSpec.checkerboard, cells: 0 }],
    ['data.banana: std must be a positive number, not -1.', { ...defaultDataSpec.banana, std: [1, -1] }],
    ['data.grid25: spacing must be a positive number, not 0.', { ...defaultDataSpec.grid25, spacing: 0 }],
    ['data: scale cannot be 0.', { kind: 'affine', base: moons, scale: 0, shift: 0 }],
    ['data: shift has 3 numbers, but the data has 2 columns.', { kind: 'affine', base: moons, scale: 1, shift: [1, 2, 3] }],
  ])('%s', (message, spec) => {
    expect(() => distributionOf(spec)).toThrow(new DataError('parameters', message));
  });
});
