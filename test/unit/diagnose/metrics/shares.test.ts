import { describe, expect, it } from 'vitest';
import { modeWeightError, wilson } from '../../../../src/diagnose/metrics/modeWeightError';
import { studentQuantile } from '../../../../src/diagnose/metrics/studentQuantile';
import { normalQuantile } from '../../../../src/shared/normalDistribution';
import { histogram, totalVariation } from '../../../../src/diagnose/metrics/totalVariation';
import { weightsEss } from '../../../../src/diagnose/metrics/weightsEss';
import { erf } from '../../../../src/graph/special';
import { Random } from '../../../../src/shared/random';

describe('histograms', () => {
  const axes = { low: [0, 0], high: [2, 3], cells: [2, 3] };

  it('keep what is outside, or not a number, in a bin of its own, and the upper edge inside', () => {
    const points = Float64Array.of(0.5, 0.5, 1.5, 0.5, 0.5, 2.5, 2, 3, 5, 1, 1, -0.1, NaN, 1, Infinity, 0);
    expect(Array.from(histogram(points, axes))).toEqual([1, 1, 0, 0, 1, 1, 4].map((count) => count / 8));
  });

  it('differ in total variation by the mass outside, which is not dropped', () => {
    const inside = histogram(Float64Array.of(0.5, 0.5), axes);
    const half = histogram(Float64Array.of(0.5, 0.5, 9, 9), axes);
    expect(totalVariation(inside, half)).toBe(0.5);
    expect(totalVariation(inside, histogram(Float64Array.of(9, 9), axes))).toBe(1);
    expect(totalVariation(half, half)).toBe(0);
  });

  it('refuse no points and other cells', () => {
    expect(() => histogram(new Float64Array(0), axes)).toThrow(/no shares/);
    expect(() => totalVariation(new Float64Array(3), new Float64Array(4))).toThrow(/no common cells/);
  });
});

describe('quantiles', () => {
  it.each([1e-7, 1e-4, 0.024, 0.3, 0.5, 0.9, 0.975, 0.99999])('of the normal distribution invert it at %f', (p) => {
    expect((1 + erf(normalQuantile(p) / Math.SQRT2)) / 2).toBeCloseTo(p, 12);
  });

  it('have the known values far out', () => {
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 10);
    expect(normalQuantile(1 - 0.025)).toBeCloseTo(1.959963984540054, 12);
  });

  it.each([
    [3, 3.1824],
    [4, 2.7764],
    [9, 2.2622],
    [30, 2.0423],
  ])("of Student's t with %i degrees are those of the table", (degrees, value) => {
    expect(Math.abs(studentQuantile(0.975, degrees) - value)).toBeLessThan(0.02);
  });
});

describe('mode weights', () => {
  it("have Wilson's interval", () => {
    // 8 of 10: (.4902, .9433), Agresti and Coull 1998.
    const { low, high } = wilson(0.8, 10);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 20).low).toBe(0);
    expect(wilson(0, 20).high).toBeGreaterThan(0.1);
    expect(wilson(1, 20).high).toBe(1);
  });

  it('cover the truth together in about 95 of 100 samples', () => {
    const random = new Random(1);
    const truth = [0.1, 0.2, 0.7];
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const assigned = Int32Array.from({ length: 200 }, () => {
        const u = random.uniform();
        return u < 0.1 ? 0 : u < 0.3 ? 1 : 2;
      });
      if (modeWeightError(assigned, truth).modes.every((mode) => mode.covered)) covered++;
    }
    // At least .95 by Bonferroni, but for the discreteness of counts; four standard errors are .044.
    expect(covered / 400).toBeGreaterThan(0.9);
    expect(covered).toBeLessThan(400);
  });

  it('have errors against the truth, with points in no mode counted', () => {
    const { modes, largest, misplaced } = modeWeightError(Int32Array.of(0, 0, 0, 1, -1), [0.5, 0.5]);
    expect(modes.map(({ share }) => share)).toEqual([0.6, 0.2]);
    expect(modes[0]!.error).toBeCloseTo(0.1, 12);
    expect(largest).toBeCloseTo(0.3, 12);
    expect(misplaced).toBeCloseTo(0.2, 12);
    const wide = modeWeightError(Int32Array.of(0, 1), [0.5, 0.5], 2).modes[0]!;
    const narrow = modeWeightError(Int32Array.of(0, 1), [0.5, 0.5], 2000).modes[0]!;
    expect(wide.high - wide.low).toBeGreaterThan(10 * (narrow.high - narrow.low));
    expect(() => modeWeightError(new Int32Array(0), [1])).toThrow(/no points/);
    expect(() => modeWeightError(Int32Array.of(0), [1], 0)).toThrow(/positive/);
  });
});

describe('effective sample size of weights', () => {
  it('is n for equal weights of any scale, 1 for a single one, and 0 for none', () => {
    expect(weightsEss(new Float64Array(7).fill(-1000))).toBe(7);
    expect(weightsEss(Float64Array.of(0, -Infinity, -Infinity))).toBe(1);
    expect(weightsEss(Float64Array.of(-Infinity, -Infinity))).toBe(0);
    expect(weightsEss(Float64Array.of(800, 800 + Math.log(3)))).toBeCloseTo(16 / 10, 10);
    expect(weightsEss(Float64Array.of(0, NaN))).toBeNaN();
  });
});
