import { describe, expect, it } from 'vitest';
import { distributionOf } from '../../../src/data/distributions';
import type { BuiltinDataSpec } from '../../../src/data/spec';
import { componentsOf } from '../../../src/diagnose/fields/gaussianComponents';
import { differenceNorms, meanSquare } from '../../../src/diagnose/scoreError';
import type { FitProblem } from '../../../src/engine/fit/problem';
import { ScoreErrors } from '../../../src/engine/fit/scoreErrors';
import { samplerSource } from '../../../src/engine/fit/source';
import { Random } from '../../../src/shared/random';

const box = { low: [-3, -3], high: [3, 3] };
const random = (): Random => new Random(5);

function problemOf(spec: BuiltinDataSpec, mean: number, scale: number): FitProblem {
  const mixture = spec.kind === 'gaussianMixture' ? componentsOf(spec.means, spec.std, spec.weights) : undefined;
  const distribution = distributionOf(spec);
  const of = (value: number): Float64Array => new Float64Array(distribution.dim).fill(value);
  return {
    source: samplerSource(distribution, 'data', random(), mixture),
    standardization: { mean: of(mean), scale: of(scale) },
  } as unknown as FitProblem;
}

const gaussian = { kind: 'gaussianMixture', means: [[2, 2]], std: [1], weights: [1] } as const;
/** A score in the user's units at standardised rows z, where x = 2 + z: -factor (x - 2). */
const linear =
  (factor: number) =>
  (z: Float64Array): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from(z, (v) => -factor * v));

describe('norms of differences', () => {
  it('are those of rows, and leave out what is not finite in their mean', () => {
    expect([...differenceNorms([1, 2, 3, 4], [1, 2, 0, 0], 2)]).toEqual([0, 5]);
    // Squares 1 and 9: mean 5, variance 32, standard error 4.
    expect(meanSquare(Float64Array.of(1, NaN, 3, Infinity))).toEqual({ value: 5, stdErr: 4 });
    expect(meanSquare(Float64Array.of(NaN))).toBeNull();
  });
});

describe('the error of a score', () => {
  it('has the values of closed forms for a Gaussian', async () => {
    // The model is N(2, 4 I): s_model - s_data = (1 - 1/4) z, so E_p |.|^2 = .5625 * 2, and .5625 * 2 * 9 / 3 over the box.
    const errors = (await ScoreErrors.create(problemOf(gaussian, 2, 1), box, [0, 0], random()))!;
    const figures = (await errors.figures(linear(0.25)))!;
    expect(Math.abs(figures.data - 1.125)).toBeLessThan(4.5 * figures.dataStdErr);
    // |z|^2 is chi-squared with two degrees of freedom, of variance four, at 4096 draws.
    expect(figures.dataStdErr).toBeCloseTo((0.5625 * 2) / 64, 2);
    // Midpoints of 64 cells: the second moment is short by the share 1 / 64^2.
    expect(figures.box).toBeCloseTo(3.375 * (1 - 1 / 64 ** 2), 5);
    const { scoreError } = await errors.map(linear(0.25));
    expect(scoreError?.shape).toEqual([64, 64]);
    const centre = -3 + 3 / 64;
    expect(scoreError?.data[0]).toBeCloseTo(0.75 * Math.hypot(centre, centre), 5);
    expect(scoreError?.data[1]).toBeCloseTo(0.75 * Math.hypot(centre + 6 / 64, centre), 5);
  });

  it('is that of the data with noise where the objective models those', async () => {
    const noisy = (await ScoreErrors.create(problemOf(gaussian, 2, 1), box, [1, 1], random()))!;
    const figures = (await noisy.figures(linear(0.5)))!;
    expect(Math.max(figures.data, figures.box)).toBeLessThan(1e-12);
  });

  it('is in the units of the user, whatever the fit is standardised by', async () => {
    // x = 2 + 10 z: the score of N(2, 1) at x is -10 z.
    const scaled = (await ScoreErrors.create(problemOf(gaussian, 2, 10), box, [0, 0], random()))!;
    expect((await scaled.figures((z) => Promise.resolve(Float32Array.from(z, (v) => -10 * v))))!.box).toBeLessThan(1e-9);
  });

  it('is known for other densities without noise, by differences', async () => {
    const banana = { kind: 'banana', curvature: 0, std: [1, 0.5] } as const;
    const errors = (await ScoreErrors.create(problemOf(banana, 0, 1), box, [0, 0], random()))!;
    const exact = (z: Float64Array): Promise<Float32Array> => Promise.resolve(Float32Array.from(z, (v, i) => (i % 2 ? -4 * v : -v)));
    // Differences are good to about 1e-8 of scores up to 12.
    expect((await errors.figures(exact))!.box).toBeLessThan(1e-10);
    expect(await ScoreErrors.create(problemOf(banana, 0, 1), box, [0.1, 0.1], random())).toBeUndefined();
  });

  it('is not mapped above two dimensions', async () => {
    const space = { kind: 'gaussianMixture', means: [[0, 0, 0]], std: [1], weights: [1] } as const;
    const wide = { low: [-3, -3, -3], high: [3, 3, 3] };
    expect(await ScoreErrors.create(problemOf(space, 0, 1), wide, [0, 0, 0], random())).toBeUndefined();
  });
});
