import { describe, expect, it } from 'vitest';
import { mul, square, sum, log, sub } from '../../../src/graph/ops';
import { samplers } from '../../../src/samplers/samplers';
import { cloud, gaussian, runAll, startRun } from './harness';

/** Few steps of every sampler. */
const short: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  langevin: { steps: 25, chains: 5, burnIn: 3, thin: 2 },
  mala: { steps: 25, chains: 5, burnIn: 10 },
  hmc: { steps: 25, chains: 5, burnIn: 10, leaps: 3 },
  'annealed-langevin': { levels: 5, stepsPerLevel: 5, largestNoise: 3, noisePoints: 8 },
  'parallel-tempering': { steps: 25, chains: 5, burnIn: 10, levels: 3 },
  smc: { moves: 3 },
  ais: { levels: 12 },
  svgd: { steps: 25, medianEvery: 4 },
  'annealed-svgd': { steps: 25, cycles: 5, medianEvery: 4 },
};
const problem = { target: gaussian(2, 0.7), start: cloud(4, 60, 2, 2), seed: 5 };

describe.each(samplers.map(({ name }) => name))('%s', { timeout: 120_000 }, (name) => {
  it('gives the same for a seed however its steps are shared out', async () => {
    const whole = await runAll(name, problem, short[name], 1000);
    const pieces = await runAll(name, problem, short[name], 7);
    expect(pieces.particles).toEqual(whole.particles);
    expect(pieces.draws).toEqual(whole.draws);
    expect(pieces.logZ).toEqual(whole.logZ);
    expect(pieces.progress.step).toBe(whole.progress.step);
    expect(Array.from(whole.particles).every(Number.isFinite)).toBe(true);
    expect(whole.particles).not.toEqual(Float32Array.from(problem.start));
  });

  it('gives about the same on another executor', async () => {
    const onnx = await runAll(name, problem, short[name]);
    const tfjs = await runAll(name, { ...problem, executor: 'tfjs-cpu' }, short[name]);
    // Roundings may turn an accept step, rarely: nearly all particles are where they are there.
    const apart = onnx.particles.filter(
      (value, i) => Math.abs(value - (tfjs.particles[i] ?? Number.NaN)) > 1e-2 || Number.isNaN(tfjs.particles[i]),
    );
    expect(apart.length).toBeLessThanOrEqual(6);
  });

  it('gives something else for another seed, unless it draws nothing', async () => {
    const one = await runAll(name, problem, short[name]);
    const other = await runAll(name, { ...problem, seed: 6 }, short[name]);
    if (name.endsWith('svgd')) expect(other.particles).toEqual(one.particles);
    else expect(other.particles).not.toEqual(one.particles);
  });

  it('says in one sentence what is wrong with options and start', async () => {
    await expect(startRun(name, problem, { stepSize: -1 })).rejects.toThrow(`${name}: stepSize must be a number above 0, not -1.`);
    await expect(startRun(name, problem, { nonsense: 1 })).rejects.toThrow(`${name} has no option nonsense; it has `);
    await expect(startRun(name, { ...problem, start: Float64Array.of(1, 2, 3) })).rejects.toThrow('which are no rows of 2');
    await expect(startRun(name, { ...problem, start: Float64Array.of(1, Number.NaN) })).rejects.toMatchObject({ reason: 'start' });
  });
});

it('blocks of many particles are as few ones: draws of each come from all blocks', async () => {
  const many = { target: gaussian(1, 1), start: cloud(1, 9001, 1), seed: 1 };
  const whole = await runAll('langevin', many, { steps: 6, chains: 10 }, 6);
  const pieces = await runAll('langevin', many, { steps: 6, chains: 10 }, 1);
  expect(whole.particles.length).toBe(9001);
  expect(whole.draws.chains).toBe(10);
  expect(pieces).toEqual(whole);
  // The last draw of each chain is where one of the particles is.
  const ends = Array.from({ length: 10 }, (_, c) => whole.draws.values[c * 6 + 5] ?? Number.NaN);
  expect(ends.every((end) => whole.particles.includes(end))).toBe(true);
});

describe('particles that stop being numbers', () => {
  const steep = { dim: 1, logDensity: (x: Parameters<ReturnType<typeof gaussian>['logDensity']>[0]) => mul(-1, sum(square(square(x)), 1)) };

  it.each(['langevin', 'svgd'])('%s names step, cause and cure, and keeps the particles of before', async (name) => {
    const start = Float64Array.of(0.1, 0.2, 3);
    const options = name === 'svgd' ? { optimizer: 'plain', kernel: 'fixed', stepSize: 5, steps: 50 } : { stepSize: 0.5, steps: 50 };
    const run = await startRun(name, { target: steep, start, seed: 1 }, options);
    const error: unknown = await run.advance(50).catch((reason: unknown) => reason);
    const step = (error as { step: number }).step;
    expect(error).toMatchObject({ name: 'SamplerError', reason: 'diverged' });
    expect(String(error)).toMatch(/no longer (a number|numbers) in step \d+: .*lower stepSize/);
    expect(Array.from(run.particles()).every(Number.isFinite)).toBe(true);
    await expect(run.advance(1)).rejects.toBe(error);
    // The same as a run that was stopped in time.
    const other = await startRun(name, { target: steep, start, seed: 1 }, options);
    await other.advance(step);
    expect(run.particles()).toEqual(other.particles());
    await Promise.all([run.dispose(), other.dispose()]);
  });

  it('MALA refuses such steps', async () => {
    const { particles } = await runAll(
      'mala',
      { target: steep, start: Float64Array.of(0.1, 0.2, 3), seed: 1 },
      { steps: 400, burnIn: 300, stepSize: 0.5 },
    );
    expect(Array.from(particles).every((x) => Math.abs(x) < 3)).toBe(true);
  });

  it('a start outside the support is refused', async () => {
    const target = { dim: 1, logDensity: (x: Parameters<typeof steep.logDensity>[0]) => sub(log(sum(x, 1)), sum(x, 1)) };
    await expect(startRun('mala', { target, start: Float64Array.of(1, -1), seed: 1 })).rejects.toThrow(
      'not finite at 1 of the 2 starting particles (the first is particle 1); start every particle inside the support',
    );
  });
});
