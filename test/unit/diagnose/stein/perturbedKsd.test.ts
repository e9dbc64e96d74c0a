import { describe, expect, it } from 'vitest';
import { gaussianMixture } from '../../../../src/data/builtin/gaussianMixture';
import { ascentModes } from '../../../../src/diagnose/ascentModes';
import { startsAround } from '../../../../src/diagnose/ascentStarts';
import { ksd } from '../../../../src/diagnose/stein/ksd';
import { ospKsd, spKsd } from '../../../../src/diagnose/stein/perturbedKsd';
import { Random } from '../../../../src/shared/random';
import { executorOf } from '../../support/executors';
import { mixtureTarget, standardNormal } from '../../support/mixtureTarget';

/** Two modes at distance 6, deviation 1. */
const means = [
  [-3, 0],
  [3, 0],
];
const weights = [0.5, 0.5];
const target = mixtureTarget({ means, weights, std: 1 });
const sampled = (n: number, seed: number, shares = weights): Float64Array =>
  gaussianMixture({ means, std: [1], weights: shares }).sample(new Random(seed), n);

describe('perturbed KSD', () => {
  it('sees the mode that 1,000 points miss, where the plain KSD does not', async () => {
    const executor = await executorOf('onnx');
    const left = sampled(1000, 1, [1, 0]);
    const plain = await ksd(executor, target, left, new Random(1));
    const summed = await spKsd(executor, target, left, new Random(1));
    const chosen = await ospKsd(executor, target, left, new Random(1));
    expect(plain.pValue).toBeGreaterThan(0.5);
    expect(summed.pValue).toBeLessThanOrEqual(0.01);
    expect(chosen.pValue).toBeLessThanOrEqual(0.01);
    expect(summed.modesUsed).toBe(2);
    expect(summed.moved).toHaveLength(6);
    expect(chosen.moved).toHaveLength(1);
    expect(summed.unmoved).toBeCloseTo(plain.uStatistic, 6);
    expect(summed.statistic).toBeCloseTo(summed.unmoved + summed.moved.reduce((t, { uStatistic }) => t + uStatistic, 0), 6);
  });

  it('sees wrong weights of separated modes, where the plain KSD does not', async () => {
    const executor = await executorOf('onnx');
    const x = sampled(1000, 2, [0.8, 0.2]);
    expect((await ksd(executor, target, x, new Random(1))).pValue).toBeGreaterThan(0.05);
    expect((await spKsd(executor, target, x, new Random(1))).pValue).toBeLessThanOrEqual(0.01);
  });

  it.each(['spKsd', 'ospKsd'] as const)('%s rejects at most 3 of 20 samples of the model at .05', async (name) => {
    const executor = await executorOf('onnx');
    const test = { spKsd, ospKsd }[name];
    const modes = await ascentModes(executor, target, startsAround(sampled(150, 50), 2, 32, new Random(1)));
    let rejected = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { pValue, modesUsed } = await test(executor, target, sampled(150, 50 + seed), new Random(seed), { draws: 199, modes });
      expect(modesUsed).toBe(2);
      if (pValue <= 0.05) rejected++;
    }
    expect(rejected).toBeLessThanOrEqual(3);
  });

  it('is the plain test where the model has one mode', async () => {
    const executor = await executorOf('onnx');
    const x = new Float64Array(200);
    new Random(4).fillNormal(x);
    const plain = await ksd(executor, standardNormal(2), x, new Random(1));
    const { statistic, pValue, moved, modesUsed } = await spKsd(executor, standardNormal(2), x, new Random(1));
    expect(modesUsed).toBe(1);
    expect(moved).toEqual([]);
    expect(statistic).toBe(plain.uStatistic);
    expect(pValue).toBe(plain.pValue);
  });

  it('does not depend on the origin', async () => {
    const executor = await executorOf('onnx');
    const x = sampled(200, 3, [0.9, 0.1]).map((v) => Math.fround(v * 4) / 4);
    const far = mixtureTarget({ means: means.map((mean) => mean.map((v) => v + 64)), weights, std: 1 });
    const modes = (by: number) =>
      means.map((mean) => ({ center: mean.map((v) => v + by), logDensity: -0.7, hessian: Float64Array.of(-1, 0, 0, -1) }));
    const near = await spKsd(executor, target, x, new Random(1), { modes: modes(0), draws: 0 });
    const moved = await spKsd(
      executor,
      far,
      x.map((v) => v + 64),
      new Random(1),
      { modes: modes(64), draws: 0 },
    );
    // Jumps round to float32 at 64, and a few rows may be accepted otherwise.
    expect(Math.abs(moved.statistic / near.statistic - 1)).toBeLessThan(0.05);
  });

  it('refuses what no test can be made of', async () => {
    const executor = await executorOf('onnx');
    const chain = { dependence: { kind: 'chain', flip: 0.1 } } as const;
    await expect(ospKsd(executor, target, sampled(50, 1), new Random(1), chain)).rejects.toThrow(/use spKSD/);
    await expect(spKsd(executor, target, Float64Array.of(0, 1), new Random(1))).rejects.toMatchObject({ reason: 'too-few-points' });
    await expect(ospKsd(executor, target, sampled(5, 1), new Random(1))).rejects.toMatchObject({ reason: 'too-few-points' });
  });
});
