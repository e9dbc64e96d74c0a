/** What is measured of samplers and tests, each with its target. */

import type { Target } from '../../src/data/target';
import { ksd } from '../../src/diagnose/stein/ksd';
import { wasserstein } from '../../src/diagnose/metrics/wasserstein';
import type { Executor } from '../../src/executors/executor';
import { mixtureTarget } from '../../src/samplers/mixtureTarget';
import { samplerNamed } from '../../src/samplers/samplers';
import { Random } from '../../src/shared/random';

export interface Measure {
  readonly name: string;
  readonly what: string;
  readonly unit: 's' | 'steps/s';
  /** The least steps a second, or the most seconds; undefined where nothing was promised. */
  readonly target?: number;
  /** One measurement; the first of a name is not counted. */
  readonly once: (executor: Executor, seed: number) => Promise<number>;
}

/** Forty Gaussians with means uniform on [-40, 40]^2. */
function fortyGaussians(): Target {
  const random = new Random(20).split('means');
  const means = Array.from({ length: 40 }, () => [80 * random.uniform() - 40, 80 * random.uniform() - 40]);
  return mixtureTarget({ means, std: [Math.log(1 + Math.E)], weights: means.map(() => 1 / 40) });
}

const standardNormal = mixtureTarget({ means: [[0, 0]], std: [1], weights: [1] });

/** Rows of N(0, 1), [n, dim], shifted along the first coordinate. */
function normals(seed: number, n: number, dim: number, shift = 0): Float64Array {
  const rows = new Float64Array(n * dim);
  new Random(seed).fillNormal(rows);
  return rows.map((z, i) => (i % dim === 0 ? z + shift : z));
}

/** Steps a second of a sampler, the making of it left out. */
async function rate(executor: Executor, name: string, n: number, steps: number): Promise<number> {
  const start = normals(1, n, 2).map((z) => 20 * z);
  const run = await samplerNamed(name).start({ target: fortyGaussians(), executor, start, seed: 0 }, { steps: 2 * steps });
  try {
    await run.advance(steps);
    const began = performance.now();
    await run.advance(steps);
    return (1000 * steps) / (performance.now() - began);
  } finally {
    await run.dispose();
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function transport(n: number, dim: number, target?: number): Measure {
  return {
    name: `w2-${n}-${dim}`,
    what: `W2 of two samples of ${n.toLocaleString('en')} points in ${dim} dimensions, ${n > 2000 ? 'Sinkhorn' : 'exact'}`,
    unit: 's',
    ...(target !== undefined && { target }),
    once: (executor, seed) => seconds(() => wasserstein(executor, normals(2 * seed, n, dim), normals(2 * seed + 1, n, dim, 1), dim, 2)),
  };
}

export const measures: readonly Measure[] = [
  {
    name: 'ksd',
    what: 'KSD of 20,000 points in 2 dimensions, with p-value',
    unit: 's',
    target: 10,
    once: (executor, seed) => seconds(() => ksd(executor, standardNormal, normals(seed, 20_000, 2), new Random(seed))),
  },
  {
    name: 'svgd',
    what: 'SVGD with 2,000 particles, median bandwidth',
    unit: 'steps/s',
    target: 60,
    once: (executor) => rate(executor, 'svgd', 2000, 100),
  },
  {
    name: 'langevin',
    what: 'Langevin with 100,000 particles on 40 components',
    unit: 'steps/s',
    target: 40,
    once: (executor) => rate(executor, 'langevin', 100_000, 60),
  },
  transport(2000, 2),
  transport(2000, 10),
  transport(5000, 2),
  transport(10_000, 2),
];
