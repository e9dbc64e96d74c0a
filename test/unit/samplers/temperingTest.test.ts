import { describe, expect, it } from 'vitest';
import { gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { mixtureTarget } from '../../../src/samplers/mixtureTarget';
import { marginalHomogeneity, temperingTest } from '../../../src/samplers/temperingTest';
import { chiSquaredTail } from '../../../src/shared/chiSquared';
import { normalCdf, normalQuantile } from '../../../src/shared/normalDistribution';
import { Random } from '../../../src/shared/random';
import { executorOf } from '../support/executors';

const model = { means: [[-1.5], [1.5]], std: [0.4], weights: [0.2, 0.8] };

async function test(dataWeight: number, seed: number) {
  const data = gaussianMixture({ ...model, weights: [dataWeight, 1 - dataWeight] }).sample(new Random(seed), 600);
  const modeOf = (rows: Float64Array): Int32Array => gaussianMixture(model).componentOf(rows);
  return temperingTest(
    { executor: await executorOf('onnx'), target: mixtureTarget(model), data, seed, modes: 2, modeOf },
    { rounds: 4, steps: 40 },
  );
}

describe('the tempering test', () => {
  it('moves shares that are not the model’s', async () => {
    const result = await test(0.5, 1);
    expect(result.pValue).toBeLessThan(1e-6);
    expect(result.after[0]).toBeLessThan(0.35);
    expect(result.acceptance).toBeGreaterThan(0.3);
  });

  it('leaves the shares of data of the model, though many change their mode', async () => {
    const results = await Promise.all([1, 2, 3, 4, 5].map((seed) => test(0.2, seed)));
    // Least of five uniform p-values: below .002 once in a hundred.
    expect(Math.min(...results.map(({ pValue }) => pValue))).toBeGreaterThan(0.002);
    expect(Math.min(...results.map(({ moved }) => moved))).toBeGreaterThan(0.1);
  });

  it('has the statistic of McNemar for two modes', () => {
    const before = Int32Array.from([...new Array<number>(30).fill(0), ...new Array<number>(20).fill(1)]);
    const after = before.map((mode, i) => (i < 12 ? 1 : i >= 45 ? 0 : mode));
    const result = marginalHomogeneity(before, after, 3);
    expect(result.degrees).toBe(1);
    expect(result.statistic).toBeCloseTo((12 - 5) ** 2 / (12 + 5), 12);
    expect(result.before).toEqual([0.6, 0.4, 0]);
    expect(marginalHomogeneity(before, before, 2)).toMatchObject({ pValue: 1, degrees: 0, moved: 0 });
  });
});

describe('distribution functions', () => {
  it('have the tabulated values', () => {
    // Abramowitz and Stegun, tables 26.8 and 26.1.
    expect(chiSquaredTail(3.841458820694124, 1)).toBeCloseTo(0.05, 10);
    expect(chiSquaredTail(18.307038053275146, 10)).toBeCloseTo(0.05, 10);
    expect(chiSquaredTail(2, 2)).toBeCloseTo(Math.exp(-1), 12);
    expect(chiSquaredTail(200, 2) / Math.exp(-100)).toBeCloseTo(1, 9);
    expect(chiSquaredTail(0, 3)).toBe(1);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12);
    expect(normalCdf(-6) / 9.865876450376981e-10).toBeCloseTo(1, 9);
    for (const p of [1e-6, 0.01, 0.5, 0.7, 0.999]) expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
  });
});
