import { expect, it } from 'vitest';
import { largestWitness, squaredWitness } from '../../../../src/diagnose/stein/steinWitness';
import { Random } from '../../../../src/shared/random';

const n = 40_000;
const shift = 0.4;

/** Draws of N(shift, 1) with the scores of N(0, 1). */
function shiftedRows() {
  const points = new Float64Array(n);
  new Random(1).fillNormal(points);
  points.forEach((z, i) => (points[i] = z + shift));
  return { dim: 1, points, scores: points.map((x) => -x) };
}

it('has the mean feature of a shifted Gaussian in closed form', () => {
  const bandwidth = 0.8;
  const spread = 1 + bandwidth ** 2;
  for (const v of [-1, 0.4, 2]) {
    // By parts: -shift E k(x, v), x ~ N(shift, 1).
    const kernel = (bandwidth / Math.sqrt(spread)) * Math.exp(-((v - shift) ** 2) / (2 * spread));
    // The feature is at most about 1.5 in size: its mean is known to .03 by four standard errors.
    expect(Math.abs(Math.sqrt(squaredWitness(shiftedRows(), bandwidth, [v])) - shift * kernel)).toBeLessThan((4 * 1.5) / Math.sqrt(n));
  }
});

it('chooses the largest first, apart by the bandwidth, and leaves out what is small', () => {
  const chosen = largestWitness(shiftedRows(), 0.5, [[5], [0.4], [0.5], [1], [-0.3]], 3);
  expect(chosen[0]![0]).toBeGreaterThanOrEqual(0.4);
  expect(chosen[0]![0]).toBeLessThanOrEqual(0.5);
  expect(chosen.flat()).not.toContain(5);
  expect(chosen.length).toBeGreaterThan(1);
  chosen.forEach((a, i) => chosen.slice(0, i).forEach((b) => expect(Math.abs(a[0]! - b[0]!)).toBeGreaterThanOrEqual(0.5)));
});
