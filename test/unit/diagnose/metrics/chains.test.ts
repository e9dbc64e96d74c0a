import { describe, expect, it } from 'vitest';
import { chainsEss, rHat } from '../../../../src/diagnose/metrics/chains';
import { Random } from '../../../../src/shared/random';

/** Autoregressive chains with N(0, 1) as their distribution. */
function chains(count: number, n: number, correlation: number, seed: number): Float64Array[] {
  return Array.from({ length: count }, (_, k) => {
    const random = new Random(100 * seed + k);
    const chain = new Float64Array(n);
    chain[0] = random.normal();
    for (let i = 1; i < n; i++) chain[i] = correlation * chain[i - 1]! + Math.sqrt(1 - correlation ** 2) * random.normal();
    return chain;
  });
}

describe('R-hat', () => {
  it('is near 1 for chains that agree, whatever monotone function they are seen through', () => {
    const agreeing = chains(4, 1000, 0, 1);
    expect(rHat(agreeing)).toBeLessThan(1.01);
    expect(rHat(agreeing)).toBeGreaterThan(0.99);
    const ranks = rHat(agreeing.map((chain) => chain.map((v) => v ** 3)));
    // Ranks are kept, so that only the folded part differs.
    expect(Math.abs(ranks - rHat(agreeing))).toBeLessThan(0.01);
  });

  it('shows a chain elsewhere, a chain of another scale, and drift within chains', () => {
    const [a, b, c, d] = chains(4, 500, 0, 2) as [Float64Array, Float64Array, Float64Array, Float64Array];
    expect(rHat([a, b, c, d.map((v) => v + 1)])).toBeGreaterThan(1.05);
    expect(rHat([a, b, c, d.map((v) => 3 * v)])).toBeGreaterThan(1.05);
    expect(rHat([a, b, c, d].map((chain) => chain.map((v, i) => v + i / 250)))).toBeGreaterThan(1.1);
  });

  it('is the classical one of normal scores, computed by hand for two chains of four', () => {
    // Halves (1, 2), (3, 4), (5, 6), (7, 8): W and var+ of the scores z_r = Phi^-1((r - 3/8) / 8.25), antisymmetric about 4.5.
    // By the table: -1.4342, -.8522, -.4728, -.1525 and their mirror images.
    const scores = [-1.4342, -0.8522, -0.4728, -0.1525, 0.1525, 0.4728, 0.8522, 1.4342];
    const means = [0, 2, 4, 6].map((i) => (scores[i]! + scores[i + 1]!) / 2);
    const within = [0, 2, 4, 6].reduce((t, i) => t + (scores[i]! - scores[i + 1]!) ** 2 / 2 / 4, 0);
    const between = means.reduce((t, v) => t + v * v, 0) / 3;
    expect(rHat([Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8)])).toBeCloseTo(Math.sqrt((within / 2 + between) / within), 2);
  });

  it('is 1 for chains that are all equal, infinite for chains that stand still apart', () => {
    expect(rHat([new Float64Array(10), new Float64Array(10)])).toBe(1);
    expect(rHat([new Float64Array(10), new Float64Array(10).fill(1)])).toBe(Infinity);
  });

  it('refuses what is no set of chains', () => {
    expect(() => rHat([])).toThrow(/four values/);
    expect(() => rHat([new Float64Array(3)])).toThrow(/four values/);
    expect(() => rHat([new Float64Array(5), new Float64Array(6)])).toThrow(/5 and 6/);
    expect(() => chainsEss([Float64Array.of(1, 2, NaN, 4)])).toThrow(/Chain 1: row 2 holds NaN/);
  });
});

describe('effective sample size of chains', () => {
  it.each([0, 0.5, 0.9])('is n (1 - r) / (1 + r) for autoregressive chains with r = %f', (r) => {
    const { mean, bulk } = chainsEss(chains(4, 5000, r, 3));
    const expected = (20_000 * (1 - r)) / (1 + r);
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.15);
    expect(Math.abs(bulk / expected - 1)).toBeLessThan(0.15);
  });

  it('exceeds n for chains that alternate, but not without limit', () => {
    const { mean } = chainsEss(chains(2, 2000, -0.5, 4));
    expect(Math.abs(mean / 12_000 - 1)).toBeLessThan(0.25);
    const alternating = Float64Array.from({ length: 100 }, (_, i) => (-1) ** i);
    expect(chainsEss([alternating]).mean).toBeLessThanOrEqual(100 * Math.log10(100));
  });

  it('is about the number of modes visited for chains that each stay in one', () => {
    const stuck = chains(4, 500, 0, 5).map((chain, k) => chain.map((v) => v + 10 * (k % 2)));
    expect(chainsEss(stuck).mean).toBeLessThan(20);
  });

  it('of tails is low where only tails mix slowly', () => {
    // Excursions of 50 draws to the far right, twice a chain.
    const chain = chains(1, 2000, 0, 6)[0]!.map((v, i) => (i % 1000 < 60 ? v + 8 : v));
    const { bulk, tail } = chainsEss([chain]);
    expect(tail).toBeLessThan(bulk / 3);
  });

  it('is the number of draws for a constant', () => {
    expect(chainsEss([new Float64Array(10).fill(2)])).toEqual({ mean: 10, bulk: 10, tail: 10 });
  });
});
