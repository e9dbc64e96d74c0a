import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/data/target';
import { ascentModes } from '../../../src/diagnose/ascentModes';
import { boxStarts, startsAround } from '../../../src/diagnose/ascentStarts';
import { binary, mul, neg, sliceAxis, square, squeeze, sub, sum } from '../../../src/graph/ops';
import { Random } from '../../../src/shared/random';
import { executorOf } from '../support/executors';
import { mixtureTarget } from '../support/mixtureTarget';

/** The modes from `count` uniform starts in [-width, width]^dim. */
async function modesOf(target: Target, width: number, count = 48, seed = 1) {
  const side = new Array<number>(target.dim).fill(width);
  const starts = boxStarts(
    side.map((v) => -v),
    side,
    count,
    new Random(seed),
  );
  return ascentModes(await executorOf('onnx'), target, starts);
}

describe('ascentModes', () => {
  it('finds the four modes of a mixture, the highest first, with heights and Hessians', async () => {
    const means = [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ];
    const modes = await modesOf(mixtureTarget({ means, weights: [0.1, 0.2, 0.3, 0.4], std: 0.2 }), 4);
    expect(modes.map(({ center }) => center.map(Math.round))).toEqual(means.toReversed());
    modes.forEach(({ center, logDensity, hessian }, k) => {
      expect(Math.hypot(...center.map((v, j) => v - means[3 - k]![j]!))).toBeLessThan(1e-4);
      expect(logDensity).toBeCloseTo(Math.log([0.4, 0.3, 0.2, 0.1][k]!), 5);
      // -I / .04; float32 sums of terms of 25.
      [-25, 0, 0, -25].forEach((v, i) => expect(Math.abs(hessian[i]! - v)).toBeLessThan(1e-3));
    });
  });

  it.each([1, 2, 5, 10])('finds the one mode of a correlated normal density in dimension %i, from far away', async (dim) => {
    // log p = -(x - c)' P (x - c) / 2 with P = I + 3 u u', u the unit vector along (1, ..., 1).
    const target: Target = {
      dim,
      logDensity: (x) => {
        const z = sub(x, 7);
        const along = mul(sum(z, 1), 1 / Math.sqrt(dim));
        return mul(sub(neg(sum(square(z), 1)), mul(square(along), 3)), 0.5);
      },
    };
    const modes = await modesOf(target, 100, 12);
    expect(modes).toHaveLength(1);
    expect(Math.max(...modes[0]!.center.map((v) => Math.abs(v - 7)))).toBeLessThan(1e-3);
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j < dim; j++) expect(modes[0]!.hessian[i * dim + j]).toBeCloseTo((i === j ? -1 : 0) - 3 / dim, 4);
    }
  });

  it('climbs a narrow curved valley to its one top', async () => {
    // Rosenbrock's function: -(1 - x)^2 - 100 (y - x^2)^2, highest at (1, 1).
    const target: Target = {
      dim: 2,
      logDensity: (x) => {
        const [a, b] = [squeeze(sliceAxis(x, 1, 0, 1), [1]), squeeze(sliceAxis(x, 1, 1, 1), [1])];
        return neg(binary('add', square(sub(1, a)), mul(square(sub(b, square(a))), 100)));
      },
    };
    const modes = await modesOf(target, 2, 16);
    expect(modes).toHaveLength(1);
    expect(modes[0]!.center[0]).toBeCloseTo(1, 2);
    expect(modes[0]!.center[1]).toBeCloseTo(1, 2);
  });

  it('leaves out saddles and densities without a maximum', async () => {
    const executor = await executorOf('onnx');
    const saddle: Target = {
      dim: 2,
      logDensity: (x) => sub(square(squeeze(sliceAxis(x, 1, 0, 1), [1])), square(squeeze(sliceAxis(x, 1, 1, 1), [1]))),
    };
    // Started on the ridge itself, where the score has no part that leaves it.
    expect(await ascentModes(executor, saddle, Float64Array.of(0, 1, 0, -1))).toEqual([]);
    const slope: Target = { dim: 2, logDensity: (x) => sum(x, 1) };
    expect(await modesOf(slope, 1, 8)).toEqual([]);
    expect(await ascentModes(executor, slope, new Float64Array(0))).toEqual([]);
  });

  it('finds a mode twelve deviations from where all points are', async () => {
    const random = new Random(3);
    const points = new Float64Array(400);
    random.fillNormal(points);
    const target = mixtureTarget({
      means: [
        [0, 0],
        [8, 8],
      ],
      weights: [0.5, 0.5],
      std: 1,
    });
    const modes = await ascentModes(await executorOf('onnx'), target, startsAround(points, 2, 64, random));
    expect(modes.map(({ center }) => center.map(Math.round)).sort()).toEqual([
      [0, 0],
      [8, 8],
    ]);
  });
});

describe('starts', () => {
  it('take a quarter from the points and spread the rest over a box five and more times as wide', () => {
    const points = Float64Array.of(0, 0, 1, 2, -1, 2);
    const starts = startsAround(points, 2, 400, new Random(1));
    const rows = Array.from({ length: 400 }, (_, i) => [starts[2 * i]!, starts[2 * i + 1]!] as const);
    for (const [x, y] of rows.slice(0, 100)) expect([0, 1, -1].some((v, k) => v === x && [0, 2, 2][k] === y)).toBe(true);
    const wide = rows.slice(100);
    // The points span 2 on both axes: the box goes 3 beyond on each side.
    for (const [x, y] of wide) expect(x >= -4 && x <= 4 && y >= -3 && y <= 5).toBe(true);
    expect(Math.min(...wide.map(([x]) => x))).toBeLessThan(-3.8);
    expect(Math.max(...wide.map(([, y]) => y))).toBeGreaterThan(4.8);
  });
});
