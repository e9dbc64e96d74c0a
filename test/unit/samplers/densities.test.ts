import { describe, expect, it } from 'vitest';
import { gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { scored } from '../../../src/data/target';
import { gradient } from '../../../src/graph/differentiate';
import type { Node } from '../../../src/graph/graph';
import { mul, square, sub, sum } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { guided, guidedNoisy } from '../../../src/samplers/guidance';
import { mixtureTarget, noisyMixture } from '../../../src/samplers/mixtureTarget';
import { denoised, noisedByMonteCarlo } from '../../../src/samplers/noisyTarget';
import { NormalStream } from '../../../src/shared/normalStream';
import { Random } from '../../../src/shared/random';
import { cloud, moments } from './harness';

const mixture = {
  means: [
    [1, 0],
    [-2, 1],
    [0, 30],
  ],
  std: [0.7, 1.2, 0.1],
  weights: [0.4, 0.5, 0.1],
};
const points = cloud(1, 50, 2, 2);

/** Values at the points and at noise sigma in float64. */
function at(build: (x: Node, sigma: Node) => Node, sigma = 0): Float64Array {
  const graph = createGraph();
  const [x, noise] = [graph.input('x', [50, 2]), graph.input('sigma', [])];
  const [values = new Float64Array()] = evaluate(
    [build(x, noise)],
    new Map<Node, ArrayLike<number>>([
      [x, points],
      [noise, [sigma]],
    ]),
  );
  return values;
}

function expectEqual(found: Float64Array, wanted: Float64Array, digits = 9): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits);
  });
}

describe('a mixture', () => {
  it('has the density of the data of its name, and the gradient as its score', () => {
    const target = mixtureTarget(mixture);
    expectEqual(
      at((x) => target.logDensity(x)),
      gaussianMixture(mixture).logDensity(points),
    );
    expectEqual(
      at((x) => scored(target, x).score),
      at((x) => gradient(sum(target.logDensity(x)), [x])[0] ?? x),
    );
  });

  it('with noise is one of wider components', () => {
    const wider = { ...mixture, std: mixture.std.map((std) => Math.hypot(std, 1.5)) };
    expectEqual(
      at(noisyMixture(mixture).score, 1.5),
      at((x) => scored(mixtureTarget(wider), x).score),
    );
  });

  it('is denoised to the posterior mean', () => {
    // One component: E[u | x] = (x / sigma^2 + mean / std^2) / (1 / sigma^2 + 1 / std^2).
    const one = noisyMixture({ means: [[1, 2]], std: [0.5], weights: [1] });
    const wanted = points.map((value, i) => (value / 4 + (i % 2 === 0 ? 1 : 2) / 0.25) / (1 / 4 + 1 / 0.25));
    expectEqual(
      at((x, sigma) => denoised(one, x, sigma), 2),
      wanted,
    );
  });

  it('has about its noisy score by Monte Carlo', () => {
    const near = {
      means: [
        [1, 0],
        [-1, 1],
      ],
      std: [0.8],
      weights: [0.5, 0.5],
    };
    const exact = at(noisyMixture(near).score, 0.8);
    const estimate = at(noisedByMonteCarlo(mixtureTarget(near), 4000, 1).score, 0.8);
    const errors = exact.map((value, i) => Math.abs(value - (estimate[i] ?? Number.NaN)));
    // About 1 / (sigma sqrt(effective points)); far out few points count.
    expect(errors.slice().sort()[50]).toBeLessThan(0.06);
  });
});

describe('guidance', () => {
  const likelihood = (x: Node): Node => mul(-2, sum(square(sub(x, 1)), 1));

  it('adds the weighted gradient of the likelihood', () => {
    const target = mixtureTarget(mixture);
    const wanted = at((x) => scored(target, x).score).map((value, i) => value - 0.5 * 4 * ((points[i] ?? 0) - 1));
    expectEqual(
      at((x) => scored(guided(target, likelihood, 0.5), x).score),
      wanted,
    );
    expectEqual(at(guidedNoisy(noisyMixture(mixture), likelihood, 0.5).score), wanted);
  });
});

describe('normals in bulk', () => {
  const n = 400_000;
  const draws = new Float32Array(n);
  new NormalStream(new Random(1)).fill(draws);

  it('are standard normal to the fourth moment and in the tails', () => {
    const { mean, variance } = moments(draws);
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    const fourth = moments(draws.map((z) => z ** 4)).mean;
    expect(Math.abs(fourth - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    for (const [edge, share] of [
      [1, 0.31731050786],
      [2.5, 0.01241933065],
      [3.6, 0.000318217],
    ] as const) {
      const beyond = draws.filter((z) => Math.abs(z) > edge).length;
      expect(Math.abs(beyond - n * share)).toBeLessThan(5 * Math.sqrt(n * share));
    }
  });

  it('do not depend on how many are asked for at a time', () => {
    const stream = new NormalStream(new Random(1));
    const parts = new Float32Array(20_000);
    for (let at = 0; at < parts.length;) {
      const size = Math.min(1 + ((at * 7) % 5000), parts.length - at);
      stream.fill(parts.subarray(at, at + size));
      at += size;
    }
    expect(parts).toEqual(draws.subarray(0, 20_000));
  });
});
