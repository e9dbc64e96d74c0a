import { describe, expect, it } from 'vitest';
import { energyDistance } from '../../../../src/diagnose/metrics/energyDistance';
import { mmd } from '../../../../src/diagnose/metrics/mmd';
import { Random } from '../../../../src/shared/random';
import reference from '../../../fixtures/stein/metrics.json';

const [x, y] = [Float64Array.from(reference.x.flat()), Float64Array.from(reference.y.flat())];

describe('MMD', () => {
  it('agrees with the reference', () => {
    const { u, v } = mmd(x, y, 2, 1);
    expect(u).toBeCloseTo(reference.mmd2_u, 10);
    expect(v).toBeCloseTo(reference.mmd2_v, 10);
  });

  it('is zero (V), or below (U), for a set and itself, and that of two points where it is simple', () => {
    expect(mmd(x, x, 2, 1).v).toBeCloseTo(0, 12);
    expect(mmd(x, x, 2, 1).u).toBeLessThan(0);
    // All of x at 0 and all of y at 2, l = 1: 1 + 1 - 2 exp(-2).
    const { u, v } = mmd(new Float64Array(3), new Float64Array(4).fill(2), 1, 1);
    expect(u).toBeCloseTo(2 - 2 * Math.exp(-2), 12);
    expect(v).toBeCloseTo(2 - 2 * Math.exp(-2), 12);
  });

  it('takes the median distance of all points where it is given a stream', () => {
    // Distances of 0, 1, 3, 6: 1, 3, 6, 2, 5, 3.
    expect(mmd(Float64Array.of(0, 1), Float64Array.of(3, 6), 1, new Random(1)).bandwidth).toBe(3);
    expect(mmd(new Float64Array(2), new Float64Array(2), 1, new Random(1))).toEqual({ u: 0, v: 0, bandwidth: 1 });
  });

  it('refuses single points and NaN', () => {
    expect(() => mmd(Float64Array.of(1), x, 1, 1)).toThrow(/too few/);
    expect(() => mmd(Float64Array.of(1, NaN), x, 1, 1)).toThrow(/row 1 holds NaN/);
  });
});

describe('energy distance', () => {
  it('agrees with the reference, and is symmetric', () => {
    expect(energyDistance(x, y, 2)).toBeCloseTo(reference.energy_distance, 10);
    expect(energyDistance(y, x, 2)).toBeCloseTo(reference.energy_distance, 10);
  });

  it('is zero for a set and itself and twice the distance for two points', () => {
    expect(energyDistance(x, x, 2)).toBeCloseTo(0, 10);
    expect(energyDistance(Float64Array.of(0, 0), Float64Array.of(3, 4), 2)).toBe(10);
  });
});
