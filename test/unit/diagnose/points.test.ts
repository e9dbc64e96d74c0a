import { describe, expect, it } from 'vitest';
import { cellCentres, drawnPoints, gridPoints, resample } from '../../../src/diagnose/points';
import { Random } from '../../../src/shared/random';

describe('gridPoints', () => {
  it('are the centres of cells, x fastest, in two interleaved groups', () => {
    const grid = gridPoints({ low: [0, 10], high: [3, 14], cells: [3, 2] });
    expect(grid).toMatchObject({ dim: 2, count: 6, kind: 'grid', groupCount: 2 });
    expect(Array.from(grid.points)).toEqual([0.5, 11, 1.5, 11, 2.5, 11, 0.5, 13, 1.5, 13, 2.5, 13]);
    expect(Array.from(grid.weights)).toEqual(Array(6).fill(2));
    expect(Array.from(grid.groups)).toEqual([0, 1, 0, 1, 0, 1]);
    expect(Array.from(cellCentres({ low: [0, 10], high: [3, 14], cells: [3, 2] }, 1))).toEqual([11, 13]);
  });

  it('interleave like a chessboard where rows have an even number of cells, too', () => {
    expect(Array.from(gridPoints({ low: [0, 0], high: [1, 1], cells: [2, 2] }).groups)).toEqual([0, 1, 1, 0]);
  });

  it('integrate polynomials of the first degree exactly', () => {
    const grid = gridPoints({ low: [-1], high: [3], cells: [7] });
    expect(grid.points.reduce((t, x, i) => t + grid.weights[i]! * (2 * x + 1), 0)).toBeCloseTo(12, 12);
  });
});

describe('drawnPoints', () => {
  it('weigh by one over the density and the number of draws, in twenty groups', () => {
    const points = drawnPoints(new Float64Array(80), 2, new Float64Array(40).fill(Math.log(0.25)));
    expect(points).toMatchObject({ dim: 2, count: 40, kind: 'draws', groupCount: 20 });
    expect(points.weights.every((w) => Math.abs(w - 0.1) < 1e-15)).toBe(true);
    expect(new Set(points.groups).size).toBe(20);
  });
});

describe('resample', () => {
  const rows = Float64Array.of(0, 0, 1, 10, 2, 20, 3, 30, 4, 40);
  const mass = Float64Array.of(0.05, 0, 0.5, 0.15, 0.3).map((m) => 7 * m);

  it.each([1, 2, 3, 4])('draws every row as often as its mass says, to the nearest whole number (seed %i)', (seed) => {
    const n = 101;
    const drawn = resample(rows, 2, mass, n, new Random(seed));
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      expect(drawn[2 * i + 1]).toBe(10 * drawn[2 * i]!);
      counts[drawn[2 * i]!]!++;
    }
    expect(counts.reduce((a, b) => a + b, 0)).toBe(n);
    expect(counts[1]).toBe(0);
    counts.forEach((count, i) => expect(Math.abs(count - (n * mass[i]!) / 7)).toBeLessThan(1));
  });

  it('is unbiased where fewer are drawn than there are rows', () => {
    const random = new Random(11);
    const counts = new Float64Array(5);
    const repeats = 20_000;
    for (let k = 0; k < repeats; k++) counts[resample(rows, 2, mass, 1, random)[0]!]! += 1 / repeats;
    // Four binomial standard errors.
    counts.forEach((share, i) => expect(Math.abs(share - mass[i]! / 7)).toBeLessThanOrEqual(4 * Math.sqrt(0.25 / repeats)));
  });

  it('never draws rows without mass at either end', () => {
    const ends = Float64Array.of(0, 1, 0);
    for (let seed = 0; seed < 50; seed++)
      expect(Array.from(resample(Float64Array.of(7, 8, 9), 1, ends, 5, new Random(seed)))).toEqual([8, 8, 8, 8, 8]);
  });
});
