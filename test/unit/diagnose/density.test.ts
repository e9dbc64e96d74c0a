import { describe, expect, it } from 'vitest';
import { correctedLogDensity, densityFloor, logIntegral, modelDensity, withError } from '../../../src/diagnose/density';
import { drawnPoints, gridPoints } from '../../../src/diagnose/points';
import { Random } from '../../../src/shared/random';
import { integratedErf } from '../support/elementwiseCases';
import { difference, largest } from '../support/numbers';

const logNormal = (x: number, mean: number, std: number): number =>
  -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
const cdf = (x: number): number => (1 + integratedErf(x / Math.SQRT2)) / 2;

const beta = 0.5;
const grid = gridPoints({ low: [-24], high: [24], cells: [4000] });
const xs = grid.points;
const truth = xs.map((x) => Math.log(0.2 * Math.exp(logNormal(x, -5, 1)) + 0.8 * Math.exp(logNormal(x, 5, 1))));
const mixing = xs.map((x) => logNormal(x, 0, 3));
const bridged = xs.map((_, i) => Math.log(beta * Math.exp(truth[i]!) + (1 - beta) * Math.exp(mixing[i]!)));
const bridge = { beta, logMixing: mixing };

describe('modelDensity on a grid', () => {
  it('gives back the data where the energy is that of the bridged data, up to a constant', () => {
    const { logZ, negativeMass, clampedMass, logDensity } = modelDensity(
      grid,
      bridged.map((l) => 3 - l),
      bridge,
    );
    expect(logZ.value).toBeCloseTo(-3, 12);
    expect(logZ.stdErr).toBeLessThanOrEqual(1e-12);
    expect(negativeMass).toBeLessThanOrEqual(1e-12);
    // The floor adds at most its share of the bridged density, over beta.
    expect(clampedMass).toBeGreaterThanOrEqual(1 - 1e-12);
    expect(clampedMass).toBeLessThanOrEqual(1 + densityFloor / beta);
    const visible = Array.from(xs.keys()).filter((i) => beta * Math.exp(truth[i]! - bridged[i]!) > 2 * densityFloor);
    expect(visible.length).toBeGreaterThan(900);
    const errors = visible.map((i) => logDensity[i]! + Math.log(clampedMass) - truth[i]!);
    // Cancellation of the correction: eps over the smallest share of p in p~ that is looked at, 2e-3.
    expect(largest(errors)).toBeLessThanOrEqual(1e-11);
    expect(logIntegral(logDensity, grid.weights)).toBeCloseTo(0, 12);
  });

  it('moves log Z, and nothing else, with a constant in the energy', () => {
    const energies = bridged.map((l, i) => 0.1 * Math.sin(i / 40) - l);
    const before = modelDensity(grid, energies, bridge);
    const after = modelDensity(
      grid,
      energies.map((e) => e + 700),
      bridge,
    );
    expect(after.logZ.value).toBeCloseTo(before.logZ.value - 700, 10);
    expect(after.negativeMass).toBeCloseTo(before.negativeMass, 10);
    expect(after.effectiveShare).toBeCloseTo(before.effectiveShare, 10);
    expect(difference(after.logDensity, before.logDensity)).toBeLessThanOrEqual(1e-8);
    expect(before.negativeMass).toBeGreaterThan(1e-4);
  });

  it('without a bridge normalises exp(-E)', () => {
    const { logZ, negativeMass, logDensity, effectiveShare } = modelDensity(
      grid,
      xs.map((x) => (x * x) / 2),
    );
    expect(logZ.value).toBeCloseTo(0.5 * Math.log(2 * Math.PI), 12);
    expect(negativeMass).toBe(0);
    expect(
      difference(
        logDensity,
        xs.map((x) => logNormal(x, 0, 1)),
      ),
    ).toBeLessThanOrEqual(1e-10);
    // (integral of q)^2 / (length * integral of q^2)
    expect(effectiveShare).toBeCloseTo((2 * Math.sqrt(Math.PI)) / 48, 10);
  });

  it('measures the negative mass', () => {
    // q~ = N(0, 1) against m = N(0, 9): negative beyond the crossing t of q~ and m / 2.
    const { negativeMass, clampedMass } = modelDensity(
      grid,
      xs.map((x) => -logNormal(x, 0, 1)),
      bridge,
    );
    const t = Math.sqrt((2 * Math.log(6)) / (1 - 1 / 9));
    const expected = (2 * ((1 - beta) * (1 - cdf(t / 3)) - (1 - cdf(t)))) / beta;
    // Midpoint rule over a kink: step^2 times a slope of .1, step = .012.
    expect(Math.abs(negativeMass - expected)).toBeLessThanOrEqual(2e-5);
    expect(Math.abs(clampedMass - (1 + expected))).toBeLessThanOrEqual(2e-5 + densityFloor);
  });

  it('keeps the log density finite where the correction is negative', () => {
    const corrected = correctedLogDensity(2, 0, 0, { beta, logMixing: 5 });
    expect(corrected).toBeCloseTo(-2 + Math.log(densityFloor) - Math.log(beta), 12);
    expect(correctedLogDensity(2, 0.5, 0.25)).toBe(-2.75);
  });

  it('works in two dimensions, where x is the fastest coordinate', () => {
    const plane = gridPoints({ low: [-9, -6], high: [9, 6], cells: [90, 80] });
    const energies = Float64Array.from(
      { length: plane.count },
      (_, i) => plane.points[2 * i]! ** 2 / 4 + plane.points[2 * i + 1]! ** 2 / 2,
    );
    expect(modelDensity(plane, energies).logZ.value).toBeCloseTo(Math.log(2 * Math.PI * Math.SQRT2), 8);
  });
});

describe('modelDensity on draws', () => {
  const n = 20_000;
  const random = new Random(5);
  const draws = Float64Array.from({ length: n }, () => 2 * random.normal());
  const points = drawnPoints(
    draws,
    1,
    draws.map((x) => logNormal(x, 0, 2)),
  );
  const result = modelDensity(
    points,
    draws.map((x) => (x * x) / 2),
  );

  it('estimates log Z with an honest standard error', () => {
    // Weights have mean sqrt(2 pi) and E[w^2] / E[w]^2 = 4 / sqrt 7; the jackknife of 20 groups knows its error to 16 %.
    const expected = Math.sqrt((4 / Math.sqrt(7) - 1) / n);
    expect(result.logZ.stdErr / expected).toBeGreaterThan(0.5);
    expect(result.logZ.stdErr / expected).toBeLessThan(1.5);
    expect(Math.abs(result.logZ.value - 0.5 * Math.log(2 * Math.PI))).toBeLessThanOrEqual(4 * expected);
  });

  it('tells the effective share of the draws', () => {
    // Squared weights have a relative standard deviation of about 1, so the share is good to a few times n^-1/2.
    expect(Math.abs(result.effectiveShare - Math.sqrt(7) / 4)).toBeLessThanOrEqual(0.03);
  });
});

describe('withError', () => {
  it('is the standard error of a mean over groups of draws', () => {
    const values = Array.from({ length: 40 }, (_, i) => Math.sin(3 * i));
    const points = drawnPoints(Float64Array.from(values), 1, new Float64Array(40));
    const { value, stdErr } = withError(points, (keep, share) => values.reduce((t, v, i) => (keep(i) ? t + v : t), 0) / 40 / share);
    const mean = values.reduce((t, v) => t + v, 0) / 40;
    const groups = Array.from({ length: 20 }, (_, g) => (values[g]! + values[g + 20]!) / 2);
    expect(value).toBeCloseTo(mean, 14);
    expect(stdErr).toBeCloseTo(Math.sqrt(groups.reduce((t, v) => t + (v - mean) ** 2, 0) / 19 / 20), 14);
  });

  it('is half the difference of the two interleaved grids', () => {
    const points = gridPoints({ low: [0], high: [4], cells: [4] });
    const { value, stdErr } = withError(
      points,
      (keep, share) => Array.from(points.points).reduce((t, x, i) => (keep(i) ? t + x : t), 0) / share,
    );
    expect([value, stdErr]).toEqual([8, 2]);
  });
});
