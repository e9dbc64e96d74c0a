import { describe, expect, it } from 'vitest';
import { gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { splitRows } from '../../../src/diagnose/chosenRows';
import { floor } from '../../../src/diagnose/metrics/floor';
import { wassersteinExact } from '../../../src/diagnose/metrics/wasserstein';
import { annealingLadder } from '../../../src/samplers/ais';
import { mixtureTarget, noisyMixture } from '../../../src/samplers/mixtureTarget';
import { nextTemperature } from '../../../src/samplers/smc';
import { effectiveShare, logMeanWeight, normalisedWeights, systematicResample } from '../../../src/samplers/weights';
import { add } from '../../../src/graph/ops';
import { Random } from '../../../src/shared/random';
import { cloud, fortyGaussians, runAll, shareAbove } from './harness';

const logZ = 2.5;
const mixture = {
  means: [
    [3, 3, 0],
    [-3, -3, 0],
  ],
  std: [0.8],
  weights: [0.7, 0.3],
};
const shifted = {
  dim: 3,
  logDensity: (x: Parameters<ReturnType<typeof mixtureTarget>['logDensity']>[0]) => add(mixtureTarget(mixture).logDensity(x), logZ),
};

describe.each(['smc', 'ais'])('%s', (name) => {
  it('brackets a known log Z and finds the weights', async () => {
    const n = 1500;
    const exactSamples = gaussianMixture(mixture).sample(new Random(3), n);
    const result = await runAll(
      name,
      { target: shifted, start: cloud(1, n, 3, 4), seed: 2, exactSamples },
      name === 'ais' ? { levels: 200 } : {},
    );
    const bracket = result.logZ ?? { lower: Number.NaN, lowerError: 0, upper: Number.NaN, upperError: 0 };
    expect(Math.abs(bracket.lower - logZ)).toBeLessThan(4 * bracket.lowerError);
    expect(Math.abs(bracket.upper - logZ)).toBeLessThan(4 * bracket.upperError);
    expect(Math.max(bracket.lowerError, bracket.upperError)).toBeLessThan(0.08);
    expect(bracket).toMatchObject({ upperFromExactSamples: true });
    // Resampling and unequal weights cost at most three quarters of the particles.
    expect(Math.abs(shareAbove(result.particles, 3) - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / (n / 4)));
  });

  it('says where the upper bound has no exact samples', async () => {
    const result = await runAll(name, { target: shifted, start: cloud(1, 50, 3, 4), seed: 2 }, name === 'ais' ? { levels: 10 } : {});
    expect(result.logZ).toMatchObject({ upperFromExactSamples: false });
  });
});

describe('forty Gaussians on [-40, 40]^2', { timeout: 120_000 }, () => {
  const forty = fortyGaussians(1);
  const random = new Random(2);
  const start = new Float64Array(2 * 8000).map(() => 80 * random.uniform() - 40);
  const compared = 1000;
  const w2 = (x: Float64Array, y: Float64Array): number => wassersteinExact(x, y, 2, 2);
  /** W2 of two exact samples of that size, of which 95 in 100 further ones are in the interval. */
  const floorOfExact = floor(w2, (draw, n) => gaussianMixture(forty).sample(draw, n), compared, new Random(5));
  const someOf = (rows: Float64Array): Float64Array => splitRows(rows, 2, compared, new Random(3)).training;

  it.each([
    ['smc', 8000, {}],
    ['ais', 8000, { levels: 100 }],
    ['parallel-tempering', 400, { steps: 500, burnIn: 100, thin: 5, chains: 400, levels: 6 }],
  ])('%s finds every weight within .01', async (name, n, options) => {
    const result = await runAll(name, { target: mixtureTarget(forty), start: start.slice(0, 2 * n), seed: 1 }, options);
    const rows = Float64Array.from(result.draws.count > 0 ? result.draws.values : result.particles);
    const counts = new Float64Array(40);
    for (const k of gaussianMixture(forty).componentOf(rows)) counts[k] = (counts[k] ?? 0) + 2 / rows.length;
    expect(Math.max(...counts.map((share) => Math.abs(share - 1 / 40)))).toBeLessThan(0.01);
    const distance = w2(someOf(rows), gaussianMixture(forty).sample(new Random(4), compared));
    const { low, high } = await floorOfExact;
    expect(distance).toBeGreaterThan(low);
    expect(distance).toBeLessThan(high);
  });

  it('sampled by plain Langevin from one of them is far above the floor', async () => {
    const narrow = new Float64Array(2 * compared).map((_, i) => forty.means[0]![i % 2]!);
    const { particles } = await runAll('langevin', { target: mixtureTarget(forty), start: narrow, seed: 1 }, { steps: 500, chains: 0 });
    const distance = w2(Float64Array.from(particles), gaussianMixture(forty).sample(new Random(4), compared));
    expect(distance).toBeGreaterThan(2 * (await floorOfExact).high);
  });
});

describe('annealed Langevin', { timeout: 120_000 }, () => {
  const toy = {
    means: [
      [5, 5],
      [-5, -5],
    ],
    std: [1],
    weights: [0.8, 0.2],
  };

  it('shares particles out as the target does, plain Langevin as they start', async () => {
    let [plain, annealed] = [0, 0];
    for (let seed = 1; seed <= 5; seed++) {
      const random = new Random(seed);
      const start = new Float64Array(2560).map(() => 16 * random.uniform() - 8);
      const problem = { target: mixtureTarget(toy), noisyTarget: noisyMixture(toy), start, seed };
      plain += shareAbove((await runAll('langevin', problem, { steps: 1000, stepSize: 0.1, chains: 0 })).particles, 2) / 5;
      annealed += shareAbove((await runAll('annealed-langevin', problem, { chains: 0 })).particles, 2) / 5;
    }
    expect(Math.abs(plain - 0.51)).toBeLessThan(0.02);
    expect(Math.abs(annealed - 0.78)).toBeLessThan(0.02);
  });

  it('does so without knowing the noised density', async () => {
    const random = new Random(1);
    const start = new Float64Array(800).map(() => 16 * random.uniform() - 8);
    const { particles } = await runAll('annealed-langevin', { target: mixtureTarget(toy), start, seed: 1 }, { chains: 0 });
    // Four standard errors of 400 particles.
    expect(Math.abs(shareAbove(particles, 2) - 0.8)).toBeLessThan(0.08);
  });
});

describe('weights', () => {
  it('are normalised however large their logarithms are', () => {
    const weights = normalisedWeights([1000, 1000 + Math.log(3), -Infinity]);
    [0.25, 0.75, 0].forEach((weight, i) => {
      expect(weights[i]).toBeCloseTo(weight, 10);
    });
    expect(effectiveShare(Float64Array.of(0.5, 0.5, 0, 0))).toBe(0.5);
    expect(logMeanWeight([1000, 1000 + Math.log(3)]).value).toBeCloseTo(1000 + Math.log(2), 10);
    // Weights .5 and 1.5 of their mean: variance 1/2, of the mean of two 1/4.
    expect(logMeanWeight([0, Math.log(3)]).standardError).toBeCloseTo(0.5, 10);
  });

  it('are resampled to their share but for one copy', () => {
    const weights = Float64Array.of(0.05, 0, 0.62, 0.33);
    const chosen = systematicResample(weights, 100, new Random(1));
    const counts = [0, 0, 0, 0];
    for (const i of chosen) counts[i] = (counts[i] ?? 0) + 1;
    counts.forEach((count, i) => {
      expect(Math.abs(count - 100 * (weights[i] ?? 0))).toBeLessThan(1);
    });
  });

  it('of the next temperature keep the wanted share, in both directions', () => {
    const slopes = cloud(1, 1000, 1, 40);
    for (const [beta, goal] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const next = nextTemperature(beta, goal, slopes, 0.7);
      expect(effectiveShare(normalisedWeights(slopes.map((slope) => (next - beta) * slope)))).toBeCloseTo(0.7, 6);
    }
    expect(nextTemperature(0.2, 1, new Float64Array(10), 0.7)).toBe(1);
  });

  it('ladders lead from 0 to 1', () => {
    const ladder = annealingLadder(7);
    expect([ladder.length, ladder[0], ladder[7]]).toEqual([8, 0, 1]);
  });
});
