import { describe, expect, it } from 'vitest';
import { steinDiscrepancy1d } from '../../../../src/diagnose/stein/steinDiscrepancy1d';
import reference from '../../../fixtures/stein/discrepancy1d.json';
import { mixtureTarget } from '../../support/mixtureTarget';

const interval = { low: -25, high: 25 };
const normal = (mean: number, std = 1) => mixtureTarget({ means: [[mean]], weights: [1], std });

describe('steinDiscrepancy1d', () => {
  it.each(reference.cases)('agrees with the reference for mu $mu, pi1 $pi1', ({ mu, pi1, sd_L2q, sd_L2 }) => {
    const p = mixtureTarget({ means: [[-mu], [mu]], weights: [pi1, 1 - pi1], std: 1 });
    const { unitBallOfL2q, unitBallOfL2 } = steinDiscrepancy1d(normal(-mu), p, interval);
    expect(Math.abs(unitBallOfL2q.value / sd_L2q - 1)).toBeLessThan(1e-4);
    expect(Math.abs(unitBallOfL2.value / sd_L2 - 1)).toBeLessThan(1e-4);
  });

  it('has the closed form for two normal densities of one variance: the score differs by a constant', () => {
    // s_p - s_q = .7 everywhere; the integral of q^2 is 1 / (2 sqrt pi).
    const { unitBallOfL2q, unitBallOfL2, q, x } = steinDiscrepancy1d(normal(0), normal(0.7), interval);
    expect(unitBallOfL2q.value).toBeCloseTo(0.7, 10);
    expect(unitBallOfL2.value).toBeCloseTo(0.7 / Math.sqrt(2 * Math.sqrt(Math.PI)), 10);
    const step = x[1]! - x[0]!;
    expect(q.reduce((t, v) => t + v * step, 0)).toBeCloseTo(1, 12);
    // p lies to the right: pushing that way is what q's expectation is largest for.
    expect(unitBallOfL2q.witness[2000]).toBeCloseTo(1, 10);
  });

  it('gives witnesses of norm one that attain the values', () => {
    const p = mixtureTarget({ means: [[-2], [2]], weights: [0.3, 0.7], std: 1 });
    const { x, q, scoreP, scoreQ, unitBallOfL2q, unitBallOfL2 } = steinDiscrepancy1d(normal(-2), p, interval);
    const step = x[1]! - x[0]!;
    const integral = (f: (i: number) => number): number => q.reduce((t, _, i) => t + f(i) * step, 0);
    for (const [{ value, witness }, density] of [
      [unitBallOfL2q, q],
      [unitBallOfL2, q.map(() => 1)],
    ] as const) {
      expect(integral((i) => witness[i]! ** 2 * density[i]!)).toBeCloseTo(1, 10);
      expect(integral((i) => q[i]! * (scoreP[i]! - scoreQ[i]!) * witness[i]!)).toBeCloseTo(value, 10);
    }
  });

  it('is zero, with witness zero, for a density and itself', () => {
    const { unitBallOfL2q, unitBallOfL2 } = steinDiscrepancy1d(normal(1), normal(1), interval);
    expect([unitBallOfL2q.value, unitBallOfL2.value]).toEqual([0, 0]);
    expect(unitBallOfL2q.witness.every((v) => v === 0)).toBe(true);
  });

  it('refuses two dimensions, and an interval without mass, in one line', () => {
    const plane = mixtureTarget({ means: [[0, 0]], weights: [1], std: 1 });
    expect(() => steinDiscrepancy1d(plane, plane, interval)).toThrow(/one dimension, not 2/);
    const nowhere = { dim: 1, logDensity: (x: Parameters<typeof plane.logDensity>[0]) => normal(NaN).logDensity(x) };
    expect(() => steinDiscrepancy1d(nowhere, normal(0), interval)).toThrow(/no finite mass/);
  });
});
