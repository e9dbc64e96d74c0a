import { describe, expect, it } from 'vitest';
import { ksd } from '../../../../src/diagnose/stein/ksd';
import type { SteinKernelId } from '../../../../src/diagnose/stein/kernels';
import type { Dependence } from '../../../../src/diagnose/stein/multipliers';
import { steinKernelAt } from '../../../../src/diagnose/stein/powerRatio';
import { Random } from '../../../../src/shared/random';
import reference from '../../../fixtures/stein/ksd.json';
import { executorOf } from '../../support/executors';
import { mixtureScore, mixtureTarget, standardNormal } from '../../support/mixtureTarget';
import { kernels, rowsOf, steinKernel } from './bruteForce';

const model = {
  means: [
    [-2, 0],
    [2, 0],
  ],
  weights: [0.3, 0.7],
  std: 0.8,
};
const ids: readonly SteinKernelId[] = ['imq', 'rbf'];

function normals(n: number, dim: number, seed: number, mean = 0): Float64Array {
  const out = new Float64Array(n * dim);
  new Random(seed).fillNormal(out);
  return out.map((v) => v + mean);
}

describe('ksd', () => {
  const cases = Object.entries(reference.sets).flatMap(([set, { points, ksd: values }]) => values.map((v) => ({ set, points, ...v })));
  it.each(cases)('agrees with the reference: $set, $kernel, l $ell', async ({ points, kernel, ell, u_statistic, v_statistic }) => {
    const x = Float64Array.from(points.flat());
    const options = { kernel: kernel as SteinKernelId, bandwidth: ell, draws: 0 };
    const { uStatistic, vStatistic } = await ksd(await executorOf('onnx'), mixtureTarget(model), x, new Random(1), options);
    expect(Math.abs(uStatistic / u_statistic - 1)).toBeLessThan(1e-4);
    expect(Math.abs(vStatistic / v_statistic - 1)).toBeLessThan(1e-4);
  });

  const shapes = ids.flatMap((kernel) => [1, 2, 5].map((dim) => ({ kernel, dim })));
  it.each(shapes)('is the Stein operator applied twice to $kernel in dimension $dim', async ({ kernel, dim }) => {
    const spec = { means: [new Array<number>(dim).fill(1), new Array<number>(dim).fill(-1)], weights: [0.4, 0.6], std: 1.3 };
    const n = 9;
    const x = normals(n, dim, 3).map((v) => Math.fround(1.5 * v));
    const bandwidth = 1.7;
    const rows = rowsOf(x, dim);
    const scores = rows.map((row) => mixtureScore(spec, row));
    const k = kernels[kernel](bandwidth);
    let [pairs, diagonal] = [0, 0];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const h = steinKernel(k, rows[i]!, rows[j]!, scores[i]!, scores[j]!);
        expect(steinKernelAt(kernel, bandwidth, { dim, points: x, scores: Float64Array.from(scores.flat()) }, i, j)).toBeCloseTo(h, 6);
        if (i === j) diagonal += h;
        else pairs += h;
      }
    }
    const result = await ksd(await executorOf('onnx'), mixtureTarget(spec), x, new Random(1), { kernel, bandwidth, draws: 0 });
    expect(result.uStatistic).toBeCloseTo(pairs / (n * (n - 1)), 5);
    expect(result.vStatistic).toBeCloseTo((pairs + diagonal) / (n * n), 5);
  });

  it('sums blocks of 512 rows as it sums one: against float64, at 700 rows', async () => {
    const [dim, n, bandwidth] = [2, 700, 1];
    const x = normals(n, dim, 5).map((v) => Math.fround(v + 0.1));
    const rows = { dim, points: x, scores: x.map((v) => -v) };
    let total = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) total += 2 * steinKernelAt('imq', bandwidth, rows, i, j);
    const { uStatistic } = await ksd(await executorOf('onnx'), standardNormal(dim), x, new Random(1), { bandwidth, draws: 3 });
    expect(Math.abs(uStatistic / (total / (n * (n - 1))) - 1)).toBeLessThan(1e-4);
  });

  it.each([1, 2, 5])('accepts normal draws as normal and rejects shifted ones, in dimension %i', async (dim) => {
    const executor = await executorOf('onnx');
    const same = await ksd(executor, standardNormal(dim), normals(400, dim, 7), new Random(1));
    const shifted = await ksd(executor, standardNormal(dim), normals(400, dim, 7, 0.3), new Random(1));
    // The U-statistic has mean zero; E h(x, x) / n is its scale.
    expect(Math.abs(same.uStatistic)).toBeLessThan(5 * (same.vStatistic - same.uStatistic));
    expect(same.pValue).toBeGreaterThan(0.05);
    expect(shifted.pValue).toBe(1 / 501);
    expect(shifted.uStatistic).toBeGreaterThan(10 * Math.abs(same.uStatistic));
  });

  it('holds its level: of 20 samples of the model at most 4 are rejected at .05', async () => {
    const executor = await executorOf('onnx');
    let rejected = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { pValue } = await ksd(executor, standardNormal(1), normals(60, 1, 100 + seed), new Random(seed), { draws: 199 });
      if (pValue <= 0.05) rejected++;
    }
    // Binomial(20, .05) exceeds 4 with probability .003.
    expect(rejected).toBeLessThanOrEqual(4);
  });

  it('does not change where everything is shifted, or rows change places', async () => {
    const executor = await executorOf('onnx');
    const x = normals(50, 2, 9);
    const options = { draws: 0, bandwidth: 1.5 };
    const plain = await ksd(executor, standardNormal(2), x, new Random(1), options);
    const moved = mixtureTarget({ means: [[1000, -500]], weights: [1], std: 1 });
    const shifted = await ksd(
      executor,
      moved,
      x.map((v, i) => v + (i % 2 === 0 ? 1000 : -500)),
      new Random(1),
      options,
    );
    const reversed = await ksd(executor, standardNormal(2), Float64Array.from(rowsOf(x, 2).reverse().flat()), new Random(1), options);
    // At 1,000 a float32 is good to 6e-5, and so is the score there.
    expect(shifted.vStatistic).toBeCloseTo(plain.vStatistic, 3);
    expect(reversed.vStatistic).toBeCloseTo(plain.vStatistic, 7);
  });

  it('takes the median distance as bandwidth, and 1 where all points are equal', async () => {
    const executor = await executorOf('onnx');
    // Distances 1, 2, 3, 2, 1, 1 of 0, 1, 2, 3 on the line: the median is 1.5.
    expect((await ksd(executor, standardNormal(1), Float64Array.of(0, 1, 2, 3), new Random(1))).bandwidth).toBe(1.5);
    const equal = await ksd(executor, standardNormal(2), new Float64Array(20).fill(0.5), new Random(1));
    expect(equal.bandwidth).toBe(1);
    // h(x, x) = |s|^2 + d for the IMQ kernel with l = 1.
    expect(equal.uStatistic).toBeCloseTo(0.5 + 2, 5);
    expect(equal.vStatistic).toBeCloseTo(0.5 + 2, 5);
  });

  it('rejects correlated draws of the model with independent signs, and accepts them with signs that change seldom', async () => {
    const executor = await executorOf('onnx');
    const rejected = { independent: 0, chain: 0 };
    for (let seed = 1; seed <= 8; seed++) {
      // An autoregressive chain of the model itself: correlation .9, so 400 draws are worth 21.
      const random = new Random(seed);
      const chain = new Float64Array(400);
      chain[0] = random.normal();
      for (let i = 1; i < chain.length; i++) chain[i] = 0.9 * chain[i - 1]! + Math.sqrt(1 - 0.9 ** 2) * random.normal();
      const test = async (dependence: Dependence) =>
        (await ksd(executor, standardNormal(1), chain, random, { draws: 199, bandwidth: 1, dependence })).pValue <= 0.05;
      if (await test({ kind: 'independent' })) rejected.independent++;
      if (await test({ kind: 'chain', flip: 0.02 })) rejected.chain++;
    }
    expect(rejected.independent).toBeGreaterThanOrEqual(6);
    expect(rejected.chain).toBeLessThanOrEqual(2);
  });

  it('refuses one point, values that are not numbers, rows of another dimension, and settings without sense, in one line', async () => {
    const executor = await executorOf('onnx');
    const attempt = (x: Float64Array, options = {}) => ksd(executor, standardNormal(2), x, new Random(1), options);
    await expect(attempt(Float64Array.of(0, 1))).rejects.toMatchObject({ name: 'DiagnoseError', reason: 'too-few-points' });
    await expect(attempt(Float64Array.of(0, 1, NaN, 1))).rejects.toThrow(
      'The sample: row 1 holds NaN; leave out rows that are not finite.',
    );
    await expect(attempt(Float64Array.of(0, 1, 2))).rejects.toMatchObject({ reason: 'sizes' });
    await expect(attempt(normals(5, 2, 1), { bandwidth: 0 })).rejects.toMatchObject({ reason: 'setting' });
    await expect(attempt(normals(5, 2, 1), { draws: -1 })).rejects.toMatchObject({ reason: 'setting' });
    await expect(attempt(normals(5, 2, 1), { dependence: { kind: 'chain', flip: 0.7 } })).rejects.toMatchObject({ reason: 'setting' });
    const broken = mixtureTarget({ means: [[0, NaN]], weights: [1], std: 1 });
    await expect(ksd(executor, broken, normals(5, 2, 1), new Random(1))).rejects.toThrow(/model's score: row 0 holds NaN/);
  });
});
