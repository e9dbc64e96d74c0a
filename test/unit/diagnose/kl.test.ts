import { describe, expect, it } from 'vitest';
import { klFromDraws, klOnGrid } from '../../../src/diagnose/kl';
import { gridPoints } from '../../../src/diagnose/points';
import { Random } from '../../../src/shared/random';

interface Normal {
  readonly mean: number;
  readonly std: number;
}

const logDensity = (x: number, { mean, std }: Normal): number =>
  -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);

/** KL of two normal densities. */
function exactKl(p: Normal, q: Normal): number {
  return Math.log(q.std / p.std) + (p.std ** 2 + (p.mean - q.mean) ** 2) / (2 * q.std ** 2) - 0.5;
}

const pairs: readonly [Normal, Normal][] = [
  [
    { mean: 0, std: 1 },
    { mean: 0.5, std: 1.5 },
  ],
  [
    { mean: 1, std: 0.3 },
    { mean: -0.5, std: 1 },
  ],
  [
    { mean: 0, std: 1 },
    { mean: 0, std: 1 },
  ],
];

describe.each(pairs)('KL of %j and %j', (p, q) => {
  it('by quadrature in one dimension', () => {
    const points = gridPoints({ low: [-12], high: [12], cells: [1200] });
    const { kl, mass } = klOnGrid(
      points,
      points.points.map((x) => logDensity(x, p)),
      points.points.map((x) => logDensity(x, q)),
    );
    expect(kl.value).toBeCloseTo(exactKl(p, q), 12);
    expect(mass).toBeCloseTo(1, 12);
    expect(kl.stdErr).toBeLessThanOrEqual(1e-10);
  });

  it('by quadrature in two dimensions: the sum over coordinates', () => {
    const points = gridPoints({ low: [-9, -9], high: [9, 9], cells: [240, 240] });
    const of = (d: Normal): Float64Array =>
      Float64Array.from(
        { length: points.count },
        (_, i) => logDensity(points.points[2 * i]!, d) + logDensity(points.points[2 * i + 1]!, { mean: 0, std: 1 }),
      );
    expect(klOnGrid(points, of(p), of(q)).kl.value).toBeCloseTo(exactKl(p, q), 9);
  });

  it('from draws, within its standard error', () => {
    const random = new Random(9);
    const n = 4000;
    const x = Float64Array.from({ length: n }, () => p.mean + p.std * random.normal());
    const [logP, logQ] = [x.map((v) => logDensity(v, p)), x.map((v) => logDensity(v, q))];
    const { value, stdErr } = klFromDraws(logP, logQ);
    const terms = logP.map((l, i) => l - logQ[i]!);
    const mean = terms.reduce((t, v) => t + v, 0) / n;
    expect(value).toBeCloseTo(mean, 12);
    expect(stdErr).toBeCloseTo(Math.sqrt(terms.reduce((t, v) => t + (v - mean) ** 2, 0) / (n - 1) / n), 12);
    expect(Math.abs(value - exactKl(p, q))).toBeLessThanOrEqual(4 * stdErr + 1e-15);
  });
});

describe('klOnGrid', () => {
  it('says how much of the data is on the grid', () => {
    const points = gridPoints({ low: [0], high: [12], cells: [1200] });
    const logP = points.points.map((x) => logDensity(x, { mean: 0, std: 1 }));
    expect(klOnGrid(points, logP, logP).mass).toBeCloseTo(0.5, 5);
  });

  it('passes over points where p vanishes, whatever q is there', () => {
    const points = gridPoints({ low: [-1], high: [1], cells: [2] });
    const { kl, mass } = klOnGrid(points, Float64Array.of(-Infinity, 0), Float64Array.of(-Infinity, -1));
    expect([kl.value, mass]).toEqual([1, 1]);
  });

  it('owns up to a grid that is too coarse', () => {
    const [p, q] = pairs[1]!;
    const error = (cells: number): { actual: number; told: number } => {
      const points = gridPoints({ low: [-3], high: [3], cells: [cells] });
      const { kl } = klOnGrid(
        points,
        points.points.map((x) => logDensity(x, p)),
        points.points.map((x) => logDensity(x, q)),
      );
      return { actual: Math.abs(kl.value - exactKl(p, q)), told: kl.stdErr };
    };
    const [coarse, fine] = [error(10), error(40)];
    expect(coarse.told).toBeGreaterThan(coarse.actual / 2);
    expect(coarse.told).toBeGreaterThan(100 * fine.told);
  });
});
