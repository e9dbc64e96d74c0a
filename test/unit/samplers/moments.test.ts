import { describe, expect, it } from 'vitest';
import { cloud, gaussian, moments, runAll } from './harness';

/** Five standard errors of independent draws: seeded, so that a right sampler passes for ever. */
const sigmas = 5;
const n = 2000;

describe.each([1, 2, 5])('on N(1, .5^2 I) in %i dimensions', { timeout: 120_000 }, (dim) => {
  const std = 0.5;
  const target = gaussian(dim, std);
  const count = n * dim;
  const start = cloud(dim, n, dim, 2);

  /** Independent Gaussian numbers of variance v. */
  function expectMoments(values: ArrayLike<number>, variance: number): void {
    const found = moments(values);
    expect(Math.abs(found.mean - 1)).toBeLessThan(sigmas * Math.sqrt(variance / count));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(sigmas * Math.sqrt(2 / count));
  }

  it('Langevin has the variance of its step size', async () => {
    const stepSize = 0.2;
    const { particles } = await runAll('langevin', { target, start, seed: 1 }, { steps: 80, stepSize });
    expectMoments(particles, std ** 2 / (1 - stepSize / (4 * std ** 2)));
  });

  // An accept step that were wrong would leave the variance of the proposals.
  it.each([
    ['mala', { steps: 120, burnIn: 0, adapt: false, stepSize: 0.3 }],
    ['mala', { steps: 120, burnIn: 60 }],
    ['hmc', { steps: 40, burnIn: 0, adapt: false, stepSize: 0.35, leaps: 3 }],
    ['hmc', { steps: 60, burnIn: 30, leaps: 3 }],
    ['parallel-tempering', { steps: 120, burnIn: 60, levels: 4, hottest: 0.2 }],
    ['parallel-tempering', { steps: 120, burnIn: 60, levels: 3, hottest: 0.2, reference: 'none' }],
  ])('%s is exact with %o', async (name, options) => {
    const { particles, progress, temperature } = await runAll(name, { target, start, seed: 2 }, options);
    expectMoments(particles, std ** 2);
    expect(progress.figures.acceptance).toBeGreaterThan(0.2);
    expect(Math.abs(temperature.value - 1)).toBeLessThan(sigmas * temperature.standardError);
  });

  it('parallel tempering counts every trade of equal densities', async () => {
    const options = { steps: 20, burnIn: 0, levels: 4, hottest: 0.99, reference: 'none' };
    const { progress } = await runAll('parallel-tempering', { target, start, seed: 2 }, options);
    expect(progress.figures.swapAcceptance).toBeGreaterThan(0.98);
    expect(progress.figures.swapAcceptance).toBeLessThan(1.000001);
  });
});

// Averages of the logarithm of the step size lag behind: a few hundredths of acceptance.
describe('the step size found in burn-in', { timeout: 120_000 }, () => {
  it.each([
    ['mala', 0.574, 3],
    ['hmc', 0.8, 1],
    ['mala', 0.8, 1e-3],
  ])('%s comes to acceptance %d from %d', async (name, acceptance, stepSize) => {
    const { progress } = await runAll(
      name,
      { target: gaussian(5, 1), start: cloud(1, 500, 5), seed: 1 },
      { steps: 300, burnIn: 250, acceptance, stepSize },
    );
    expect(progress.figures.acceptance).toBeGreaterThan(acceptance - 0.08);
    expect(progress.figures.acceptance).toBeLessThan(acceptance + 0.08);
  });
});

describe('the temperature', () => {
  it('of unadjusted Langevin shows its step size', async () => {
    const { temperature } = await runAll(
      'langevin',
      { target: gaussian(2, 1), start: cloud(1, 4000, 2), seed: 1 },
      { steps: 60, stepSize: 1 },
    );
    expect(Math.abs(temperature.value - 4 / 3)).toBeLessThan(sigmas * temperature.standardError);
    expect(temperature.standardError).toBeLessThan(0.05);
  });

  it('is that of the draws where particles are few', async () => {
    const options = { steps: 2200, burnIn: 200, chains: 2, thin: 4 };
    const { temperature, draws } = await runAll('mala', { target: gaussian(2, 1), start: cloud(1, 2, 2), seed: 1 }, options);
    expect([draws.chains, draws.count, draws.dim, draws.values.length]).toEqual([2, 500, 2, 2000]);
    // Every fourth state is still correlated: twice the error of independent ones.
    expect(Math.abs(temperature.value - 1)).toBeLessThan(2 * sigmas * temperature.standardError);
  });
});
