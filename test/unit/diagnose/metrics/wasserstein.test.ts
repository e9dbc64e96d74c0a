import { describe, expect, it } from 'vitest';
import { assign } from '../../../../src/diagnose/metrics/assignment';
import { floor } from '../../../../src/diagnose/metrics/floor';
import { sinkhorn } from '../../../../src/diagnose/metrics/sinkhorn';
import { wasserstein, wassersteinExact } from '../../../../src/diagnose/metrics/wasserstein';
import { Random } from '../../../../src/shared/random';
import reference from '../../../fixtures/stein/metrics.json';
import { executorOf } from '../../support/executors';

const [x, y] = [Float64Array.from(reference.x.flat()), Float64Array.from(reference.y.flat())];

function normals(n: number, dim: number, seed: number): Float64Array {
  const out = new Float64Array(n * dim);
  new Random(seed).fillNormal(out);
  return out;
}

/** The least cost over all permutations. */
function bruteForce(cost: Float64Array, n: number, row = 0, used = 0): number {
  if (row === n) return 0;
  let best = Infinity;
  for (let j = 0; j < n; j++) {
    if (!(used & (1 << j))) best = Math.min(best, cost[row * n + j]! + bruteForce(cost, n, row + 1, used | (1 << j)));
  }
  return best;
}

function total(cost: Float64Array, n: number): number {
  const columns = assign(cost, n);
  expect(new Set(columns).size).toBe(n);
  return columns.reduce((t, j, i) => t + cost[i * n + j]!, 0);
}

describe('assign', () => {
  it.each([1, 2, 3, 5, 7])('is the cheapest of all permutations of %i, for 40 random costs', (n) => {
    const random = new Random(n);
    for (let round = 0; round < 40; round++) {
      // Every other time of few values, with many ties, and of either sign.
      const cost = Float64Array.from({ length: n * n }, () => (round % 2 ? random.integer(4) - 1 : random.normal()));
      expect(total(cost, n)).toBeCloseTo(bruteForce(cost, n), 10);
    }
  });

  it('assigns sorted numbers to sorted numbers, at 300 points of the line', () => {
    const [a, b] = [normals(300, 1, 1), normals(300, 1, 2)];
    const [p, q] = [a.toSorted(), b.toSorted()];
    const exact = Math.sqrt(p.reduce((t, v, i) => t + (v - q[i]!) ** 2 / 300, 0));
    expect(wassersteinExact(a, b, 1, 2)).toBeCloseTo(exact, 10);
  });

  it('ends where all costs are equal, and where rows are copies', () => {
    expect(total(new Float64Array(50 * 50).fill(3), 50)).toBe(150);
    const row = normals(30, 1, 3);
    expect(
      total(
        Float64Array.from({ length: 900 }, (_, i) => row[i % 30]!),
        30,
      ),
    ).toBeCloseTo(
      row.reduce((a, b) => a + b, 0),
      10,
    );
  });
});

describe('Wasserstein distances', () => {
  it('agree with the reference', () => {
    expect(wassersteinExact(x, y, 2, 2)).toBeCloseTo(reference.w2, 9);
    expect(wassersteinExact(x, y, 2, 1)).toBeCloseTo(reference.w1, 9);
  });

  it('are the length of a shift, zero for a permutation, and symmetric', () => {
    const shifted = x.map((v, i) => v + (i % 2 === 0 ? 3 : -4));
    expect(wassersteinExact(x, shifted, 2, 2)).toBeCloseTo(5, 10);
    expect(wassersteinExact(x, shifted, 2, 1)).toBeCloseTo(5, 10);
    const reversed = x.map((_, i) => x[x.length - 2 - 2 * (i >> 1) + (i % 2)]!);
    expect(wassersteinExact(x, reversed, 2, 2)).toBe(0);
    expect(wassersteinExact(y, x, 2, 2)).toBeCloseTo(reference.w2, 9);
  });

  it('refuse sets of different size, empty ones and ones with NaN, in one line', () => {
    expect(() => wassersteinExact(x, y.subarray(2), 2, 2)).toThrow(/two sets of one size, not 150 and 149/);
    expect(() => wassersteinExact(new Float64Array(0), new Float64Array(0), 2, 2)).toThrow(/too few/);
    expect(() => wassersteinExact(Float64Array.of(0, NaN), Float64Array.of(0, 0), 2, 2)).toThrow(/row 0 holds NaN/);
  });

  it('are exact up to 2,000 points and regularised for other sizes', async () => {
    const executor = await executorOf('onnx');
    expect(await wasserstein(executor, x, y, 2, 2)).toEqual({
      value: expect.closeTo(reference.w2, 9),
      method: 'assignment',
      blur: 0,
      converged: true,
    });
    const uneven = await wasserstein(executor, x, y.subarray(0, 280), 2, 2);
    expect(uneven).toMatchObject({ method: 'sinkhorn', converged: true });
    expect(uneven.value).toBeGreaterThan(0.5);
  });
});

describe('sinkhorn', () => {
  it.each([
    [1, 0.05],
    [2, 0.03],
  ] as const)('comes near the exact distance of order %i', async (order, tolerance) => {
    const { value, converged } = await sinkhorn(await executorOf('onnx'), x, y, 2, order);
    expect(converged).toBe(true);
    expect(Math.abs(value / wassersteinExact(x, y, 2, order) - 1)).toBeLessThan(tolerance);
  });

  it('is the length of a shift whatever the blur, as it is debiased', async () => {
    const shifted = x.map((v, i) => v + (i % 2 === 0 ? 3 : -4));
    const { value } = await sinkhorn(await executorOf('onnx'), x, shifted, 2, 2, 1);
    expect(value).toBeCloseTo(5, 2);
  });

  it('is zero for a set and itself, and for points that are all equal', async () => {
    const executor = await executorOf('onnx');
    // The square root of a divergence that is known to 1e-6 of the largest cost, about 70.
    expect((await sinkhorn(executor, x, x, 2, 2)).value).toBeLessThan(2e-2);
    expect(await sinkhorn(executor, new Float64Array(6).fill(1), new Float64Array(4).fill(1), 2, 2)).toMatchObject({
      value: 0,
      converged: true,
    });
  });

  it('does not depend on how rows fall into blocks: eight copies of a set are the set', async () => {
    const executor = await executorOf('onnx');
    const copies = Float64Array.from({ length: 8 * x.length }, (_, i) => x[i % x.length]!);
    const once = await sinkhorn(executor, x, y, 2, 2, 4);
    const often = await sinkhorn(executor, copies, y, 2, 2, 4);
    expect(often.value).toBeCloseTo(once.value, 4);
  });
});

describe('floor', () => {
  const sampler = (random: Random, n: number): Float64Array => {
    const out = new Float64Array(n);
    random.fillNormal(out);
    return out;
  };
  const w2 = (a: Float64Array, b: Float64Array): number => wassersteinExact(a, b, 1, 2);

  it('is above zero, falls with the size, and holds a further reading', async () => {
    const [small, large] = [await floor(w2, sampler, 50, new Random(1)), await floor(w2, sampler, 200, new Random(1))];
    expect(small.mean).toBeGreaterThan(large.mean);
    expect(large.low).toBeLessThan(large.mean);
    expect(small.values).toHaveLength(10);
    const further = w2(sampler(new Random(99), 50), sampler(new Random(98), 50));
    expect(further > small.low && further < small.high).toBe(true);
  });

  it('has no width where all readings agree, and needs four', async () => {
    expect(await floor(() => 2, sampler, 5, new Random(1), 4)).toEqual({ mean: 2, low: 2, high: 2, values: [2, 2, 2, 2] });
    await expect(floor(w2, sampler, 5, new Random(1), 3)).rejects.toMatchObject({ reason: 'setting' });
  });
});
