import { describe, expect, it } from 'vitest';
import { fssd } from '../../../../src/diagnose/stein/fssd';
import { fssdFeatures, fssdPower } from '../../../../src/diagnose/stein/fssdFeatures';
import { semidefiniteCholesky, weightedChiSquared } from '../../../../src/diagnose/stein/weightedChiSquared';
import { evaluate } from '../../../../src/graph/reference';
import { createGraph } from '../../../../src/graph/table';
import { Random } from '../../../../src/shared/random';
import { executorOf } from '../../support/executors';
import { mixtureTarget, standardNormal } from '../../support/mixtureTarget';
import { kernels, rowsOf } from './bruteForce';

function normals(n: number, dim: number, seed: number): Float64Array {
  const out = new Float64Array(n * dim);
  new Random(seed).fillNormal(out);
  return out;
}

describe('Stein features', () => {
  it.each([1, 2, 5])('are s k + grad k over sqrt(d J) in dimension %i, and their power is that of the definition', (dim) => {
    const [n, count, bandwidth] = [7, 3, 0.8];
    const [x, s, v] = [normals(n, dim, 1), normals(n, dim, 2), normals(count, dim, 3)];
    const graph = createGraph();
    const [rows, scores, places] = [graph.input('x', [n, dim]), graph.input('s', [n, dim]), graph.input('v', [count, dim])];
    const tau = fssdFeatures(rows, scores, places, graph.constant(bandwidth));
    const feeds = new Map([[rows, x] as const, [scores, s] as const, [places, v] as const]);
    const [features, power] = evaluate([tau, fssdPower(tau)], feeds);
    const k = kernels.rbf(bandwidth);
    const expected = rowsOf(x, dim).map((row, i) =>
      rowsOf(v, dim).flatMap((place) =>
        row.map((_, a) => {
          const [up, down] = [1e-5, -1e-5].map((h) =>
            k(
              row.map((r, b) => (a === b ? r + h : r)),
              place,
            ),
          );
          return (s[i * dim + a]! * k(row, place) + (up! - down!) / 2e-5) / Math.sqrt(count * dim);
        }),
      ),
    );
    expected.flat().forEach((value, i) => expect(features![i]).toBeCloseTo(value, 8));
    const dots = expected.map((a) => expected.map((b) => a.reduce((t, value, i) => t + value * b[i]!, 0)));
    let pairs = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) pairs += dots[i]![j]!;
    const projected = dots.map((row) => row.reduce((t, value) => t + value / n, 0));
    const mean = projected.reduce((t, value) => t + value / n, 0);
    const variance = projected.reduce((t, value) => t + (4 * (value - mean) ** 2) / n, 0);
    expect(power![0]).toBeCloseTo(pairs / (n * (n - 1)) / (Math.sqrt(variance) + 0.01), 6);
  });
});

describe('fssd', () => {
  it('finds where the sample differs: extra mass at (3, 0)', async () => {
    const x = normals(2000, 2, 4);
    for (let i = 0; i < 2000; i += 8) [x[2 * i], x[2 * i + 1]] = [3 + 0.3 * x[2 * i]!, 0.3 * x[2 * i + 1]!];
    const { pValue, locations, statistic } = await fssd(await executorOf('onnx'), standardNormal(2), x, new Random(1));
    expect(pValue).toBeLessThanOrEqual(0.001);
    expect(statistic).toBeGreaterThan(0);
    expect(locations).toHaveLength(5);
    const [best] = locations;
    expect(Math.hypot(best!.at[0]! - 3, best!.at[1]!)).toBeLessThan(1.5);
    locations.slice(1).forEach(({ contribution }, k) => expect(contribution).toBeLessThanOrEqual(locations[k]!.contribution));
  });

  it.each([1, 5])('rejects a wrong variance in dimension %i', async (dim) => {
    const { pValue } = await fssd(
      await executorOf('onnx'),
      standardNormal(dim),
      normals(1500, dim, 5).map((v) => 1.3 * v),
      new Random(1),
      { locations: 2 },
    );
    expect(pValue).toBeLessThan(0.01);
  });

  it('holds its level: of 12 samples of the model at most 3 are rejected at .05', async () => {
    const executor = await executorOf('onnx');
    let rejected = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const { pValue } = await fssd(executor, standardNormal(2), normals(200, 2, 200 + seed), new Random(seed), {
        locations: 2,
        draws: 500,
      });
      if (pValue <= 0.05) rejected++;
    }
    // Binomial(12, .05) exceeds 3 with probability .002.
    expect(rejected).toBeLessThanOrEqual(3);
  });

  it('says the same in other units: 100 + 20 x', async () => {
    const executor = await executorOf('onnx');
    const x = normals(400, 2, 6).map((v) => Math.fround(v + 0.2));
    const plain = await fssd(executor, standardNormal(2), x, new Random(1));
    const scaled = await fssd(
      executor,
      mixtureTarget({ means: [[100, 100]], weights: [1], std: 20 }),
      x.map((v) => 100 + 20 * v),
      new Random(1),
    );
    // The score is 20 times smaller; 150 steps on float32 gradients drift a little.
    expect(scaled.statistic * 400).toBeCloseTo(plain.statistic, 2);
    expect(scaled.bandwidth / 20).toBeCloseTo(plain.bandwidth, 1);
    expect((scaled.locations[0]!.at[0]! - 100) / 20).toBeCloseTo(plain.locations[0]!.at[0]!, 1);
  });

  it('refuses few points, no locations, eleven locations and no draws', async () => {
    const executor = await executorOf('onnx');
    const attempt = (n: number, options = {}) => fssd(executor, standardNormal(1), normals(n, 1, 1), new Random(1), options);
    await expect(attempt(15)).rejects.toMatchObject({ reason: 'too-few-points' });
    for (const options of [{ locations: 0 }, { locations: 11 }, { draws: 0 }]) {
      await expect(attempt(50, options)).rejects.toMatchObject({ name: 'DiagnoseError', reason: 'setting' });
    }
  });

  it('survives points that are all equal', async () => {
    const { pValue } = await fssd(await executorOf('onnx'), standardNormal(1), new Float64Array(32).fill(0.5), new Random(1));
    expect(pValue).toBeGreaterThan(0);
    expect(pValue).toBeLessThanOrEqual(1);
  });
});

describe('weighted chi-squared', () => {
  it('has mean zero and variance 2 sum of squares of the eigenvalues', () => {
    const covariance = Float64Array.of(2, 1, 1, 2);
    const n = 40_000;
    const draws = weightedChiSquared(covariance, 2, n, new Random(1));
    const mean = draws.reduce((t, v) => t + v / n, 0);
    const variance = draws.reduce((t, v) => t + (v - mean) ** 2 / n, 0);
    // Eigenvalues 3 and 1: variance 20. The fourth central moment is at most 15 times its square.
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(20 / n));
    expect(Math.abs(variance - 20)).toBeLessThan(4 * 20 * Math.sqrt(14 / n));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(-4);
  });

  it('factors a singular covariance', () => {
    const lower = semidefiniteCholesky(Float64Array.of(4, 2, 2, 1), 2);
    expect(Array.from(lower)).toEqual([2, 0, 1, 0]);
    expect(Array.from(weightedChiSquared(new Float64Array(4), 2, 3, new Random(1)))).toEqual([0, 0, 0]);
  });
});
