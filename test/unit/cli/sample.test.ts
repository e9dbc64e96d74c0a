import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnyRun, type SampleRun } from '../../../src/runs/runReader';
import type { SampleResult } from '../../../src/runs/sampleRecord';
import { makeProject, runCli } from './runCli';

const head = `import * as tf from '@tensorflow/tfjs';\nimport { data, defineEnergy, defineScore, mlp } from 'unblind';\nvoid [tf, data, mlp, defineScore];\n`;

const mixture = (weights: string, name: string): string => `export const ${name} = defineEnergy({
  dim: 1,
  energy: (x) => tf.neg(tf.logSumExp(tf.sub(tf.log(tf.tensor(${weights})), tf.mul(tf.square(tf.sub(x, tf.tensor([[-5, 5]]))), 0.5)), 1)),
  data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] }),
});\n`;

const files = {
  'package.json': '{}',
  'pair.energy.ts': `${head}${mixture('[0.2, 0.8]', 'pair')}`,
  'both.energy.ts': `${head}${mixture('[0.2, 0.8]', 'pair')}${mixture('[0.5, 0.5]', 'even')}`,
  'guided.energy.ts': `${head}${mixture('[0.2, 0.8]', 'pair')}export const rising = defineEnergy({ dim: 1, energy: (x) => tf.mul(tf.squeeze(x, [1]), -0.3) });\n`,
  'free.energy.ts': `${head}export const free = defineEnergy({ dim: 3, energy: (x) => tf.mul(tf.sum(tf.square(x), 1), 0.5) });\n`,
  'steep.energy.ts': `${head}export const steep = defineEnergy({ dim: 1, energy: (x) => tf.mul(tf.sum(tf.pow(x, 4), 1), 1e6) });\n`,
  'net.energy.ts': `${head}export const net = defineEnergy({ dim: 1, ...mlp([1, 16, 1], 'swish'), data: data.gaussianMixture({ means: [[-2], [2]], std: 1, weights: [0.3, 0.7] }), fit: { steps: 300, batch: 128, learningRate: 5e-3 } });\n`,
  'score.energy.ts': `${head}export const score = defineScore({ dim: 1, params: (init) => ({ a: init.zeros([1]) }), score: (x, sigma, p) => tf.div(tf.sub(p.a, x), tf.add(tf.square(sigma), 1)), data: data.gaussianMixture({ means: [[0], [0.1]], std: 1, weights: [0.5, 0.5] }), fit: { steps: 5, batch: 16 } });\n`,
  'start.csv': 'x\n-5\n5\n5\n',
};

let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  project = makeProject(files);
});
afterAll(() => {
  project.remove();
});

const quick = ['--executor', 'onnx', '--threads', '1', '--quiet'];

async function sampleJson(...args: string[]): Promise<SampleResult> {
  const { status, stdout, stderr } = await runCli(['sample', ...args, '--json', ...quick], project.folder);
  expect(status, stderr).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout) as SampleResult;
}

function stored(result: SampleResult): SampleRun {
  const run = readAnyRun(result.runDir);
  if (run.kind !== 'sample') throw new Error('a fit was written');
  return run;
}

describe('unblind sample', () => {
  it('answers with figures, warns of what does not mix, and leaves a readable run', async () => {
    const args = ['pair.energy.ts', '--sampler', 'mala', '--start', 'uniform', '--particles', '400', '--steps', '300', '--seed', '4'];
    const result = await sampleJson(...args);
    expect(result).toMatchObject({ kind: 'sample', energy: 'pair', sampler: 'mala', seed: 4, particles: 400, steps: 300 });
    expect(result.modes.map(({ ownWeight }) => ownWeight)).toEqual([0.2, 0.8]);
    // Uniform over the box: about half of the particles start, and stay, in each mode.
    expect(result.modes[0]!.weight).toBeGreaterThan(0.35);
    expect(result.chains!.rHat).toBeGreaterThan(1.5);
    expect(result.warnings.join('\n')).toMatch(/has not mixed between modes; use parallel-tempering[^]*whose weight is 0\.[28]00/);
    const run = stored(result);
    expect(run.result).toEqual(result);
    expect(run.record).toMatchObject({
      options: { steps: 300, burnIn: 200, adapt: true, stepSize: 0.1 },
      target: { kind: 'energy', run: null },
      start: { kind: 'uniform' },
    });
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'done' });
    expect(run.readSnapshot(300).samples.shape).toEqual([400, 1]);
    expect(result.runDir.startsWith(join(project.folder, '.unblind', 'runs'))).toBe(true);
  });

  it('finds the weights where the sampler mixes, and brackets log Z from exact samples', async () => {
    const result = await sampleJson('pair.energy.ts', '--sampler', 'smc', '--particles', '2000', '--start', 'uniform');
    const { weight, weightStdErr } = result.modes[0]!;
    expect(Math.abs(weight - 0.2)).toBeLessThan(5 * weightStdErr);
    expect(result.logZ!.upperFromExactSamples).toBe(true);
    // The energy has no 1 / sqrt(2 pi).
    const truth = 0.5 * Math.log(2 * Math.PI);
    expect(result.logZ!.lower - 5 * result.logZ!.lowerError).toBeLessThan(truth);
    expect(result.logZ!.upper + 5 * result.logZ!.upperError).toBeGreaterThan(truth);
    expect(result.chains).toBeNull();
    expect(result.warnings).toEqual([]);
  });

  it('takes the density for what it is, not for its data', async () => {
    const args = ['both.energy.ts', '--energy', 'even', '--start', 'data', '--sampler', 'langevin', '--steps', '50', '--particles', '500'];
    const result = await sampleJson(...args);
    expect(result.modes.map(({ dataWeight }) => dataWeight)).toEqual([0.2, 0.8]);
    expect(result.modes[0]!.ownWeight).toBeCloseTo(0.5, 3);
    expect(result.modes[0]!.weight).toBeLessThan(0.3);
    expect(result.notes.join('\n')).not.toMatch(/known exactly/);
    expect(result.warnings.join('\n')).toMatch(/whose weight is 0\.500/);
  });

  it('is guided by a likelihood: exp(a x) to the power w moves means by w a, and weights by exp(w a mean)', async () => {
    const guiding = ['guided.energy.ts', '--energy', 'pair', '--guide', 'rising', '--guidance', '0.5'];
    const n = 4000;
    const result = await sampleJson(...guiding, '--sampler', 'smc', '--particles', String(n), '--start', 'uniform');
    const run = stored(result);
    expect(run.record.target).toMatchObject({ kind: 'energy', guide: { energy: 'rising', weight: 0.5 } });
    const particles = Array.from(run.readSnapshot(result.steps).samples.data);
    const right = particles.filter((x) => x > 0);
    const share = (0.8 * Math.exp(0.75)) / (0.8 * Math.exp(0.75) + 0.2 * Math.exp(-0.75));
    // Resampling and unequal weights cost at most three quarters of the particles.
    expect(Math.abs(right.length / n - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / (n / 4)));
    expect(Math.abs(right.reduce((sum, x) => sum + x / right.length, 0) - 5.15)).toBeLessThan(4 / Math.sqrt(right.length / 4));
    expect(result.modes[1]!.ownWeight).toBeCloseTo(share, 3);
    const refused = await runCli(['sample', 'guided.energy.ts', '--energy', 'pair', '--guidance', '2', ...quick], project.folder);
    expect([refused.status, refused.stderr]).toEqual([2, 'unblind: --guidance is the weight of a likelihood: name it with --guide.\n']);
  });

  it('gives identical particles for the same seed', async () => {
    const run = async (seed: string): Promise<number[]> => {
      const result = await sampleJson('free.energy.ts', '--sampler', 'hmc', '--steps', '40', '--particles', '20', '--seed', seed);
      expect(result.notes.join('\n')).toMatch(/all 40 steps are burn-in \(burnIn = 200\)/);
      return Array.from(stored(result).readSnapshot(40).samples.data);
    };
    const [a, b, c] = [await run('1'), await run('1'), await run('2')];
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it('samples the corrected density of a fit, the named one or the newest', async () => {
    const missing = await runCli(['sample', 'net.energy.ts', ...quick], project.folder);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/^unblind: "net" has parameters and no finished fit under .*: fit it first with unblind fit, or.*\n$/);
    const out = join(project.folder, 'fitted');
    await runCli(['fit', 'net.energy.ts', ...quick, '--out', out], project.folder);
    const fitted = readAnyRun(out);
    const result = await sampleJson('net.energy.ts', '--run', 'fitted', '--sampler', 'ais', '--particles', '1000');
    expect(stored(result).record.target).toMatchObject({ kind: 'run', run: { directory: out, step: 300 } });
    expect(result.modes.map(({ ownWeight }) => ownWeight)).toEqual(fitted.result!.modes.map(({ weight }) => weight));
    // Normalised but for what was negative: that mass is clamped.
    const truth = fitted.kind === 'fit' ? Math.log(1 + fitted.result!.negativeMass!) : Number.NaN;
    expect(result.logZ!.lower - 5 * result.logZ!.lowerError).toBeLessThan(truth + 0.01);
    expect(result.logZ!.upper + 5 * result.logZ!.upperError).toBeGreaterThan(truth - 0.01);
    await runCli(['fit', 'net.energy.ts', ...quick, '--steps', '20'], project.folder);
    const latest = await sampleJson('net.energy.ts', '--sampler', 'mala', '--steps', '20', '--particles', '50');
    expect(latest.notes.join('\n')).toMatch(/no --run was given: sampled is the newest finished fit, .*-net-mfd/);
    const other = await runCli(['sample', 'pair.energy.ts', '--run', 'fitted', '--energy', 'pair', ...quick], project.folder);
    expect(other.stderr).toMatch(/no parameters.*leave --run out/);
    const ofParticles = await runCli(['sample', 'net.energy.ts', '--run', result.runDir, ...quick], project.folder);
    expect(ofParticles.stderr).toMatch(/holds particles of the sampler ais, not a fit/);
  });

  it('samples a score network by annealed Langevin dynamics at its own noise levels, and by nothing else', async () => {
    await runCli(['fit', 'score.energy.ts', ...quick], project.folder);
    const result = await sampleJson('score.energy.ts', '--particles', '500');
    expect(result.sampler).toBe('annealed-langevin');
    expect(stored(result).record.target.kind).toBe('score');
    expect(stored(result).record.options['largestNoise']).toBeGreaterThan(2);
    const { status, stderr } = await runCli(['sample', 'score.energy.ts', '--sampler', 'hmc', ...quick], project.folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/score network, which has no density: sample it with --sampler annealed-langevin, not hmc/);
  });

  it('starts from a file', async () => {
    const result = await sampleJson('pair.energy.ts', '--start', 'start.csv', '--sampler', 'langevin', '--steps', '1');
    expect(Array.from(stored(result).readSnapshot(0).samples.data)).toEqual([-5, 5, 5]);
  });

  it('stops with status 1 where particles diverge, and keeps the last good ones', async () => {
    const out = join(project.folder, 'diverged');
    const args = ['sample', 'steep.energy.ts', '--sampler', 'langevin', '--set', 'stepSize=1', '--out', out, ...quick];
    const { status, stdout, stderr } = await runCli(args, project.folder);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/The last good particles are kept in/);
    const run = readAnyRun(out);
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'failed' });
    expect(run.snapshots().length).toBeGreaterThan(0);
  });

  it('ends an interrupted run with status 130 and a complete directory', async () => {
    const out = join(project.folder, 'interrupted');
    const args = ['sample', 'pair.energy.ts', '--sampler', 'langevin', '--steps', '900000000', '--set', 'chains=0', '--out', out];
    const { status, stderr } = await runCli([...args, '--executor', 'onnx', '--threads', '1'], project.folder, (child) => {
      // The first line of progress says that it runs.
      child.stderr!.once('data', () => child.kill('SIGINT'));
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/interrupted after step \d+; the run directory is complete/);
    const run = readAnyRun(out);
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'interrupted' });
    expect(run.snapshots().at(-1)!.step).toBe(run.result!.steps);
  });

  it('says on a terminal what was sampled and how far to trust it, and exports the particles', async () => {
    const out = join(project.folder, 'said');
    const args = ['sample', 'pair.energy.ts', '--sampler', 'hmc', '--steps', '250', '--particles', '200', '--out', out, ...quick];
    const { status, stdout } = await runCli(args, project.folder);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^pair: 200 particles by HMC\n {2}250 steps in .* s \(.* steps\/s\), seed 0, ONNX Runtime/);
    for (const line of ['acceptance', 'temperature', 'R-hat', 'effective draws', 'mode 1', 'mode 2', 'warning: R-hat'])
      expect(stdout).toContain(`  ${line}`);
    const csv = await runCli(['export', out, '--to', 'csv'], project.folder);
    expect(csv.status, csv.stderr).toBe(0);
    const [particles] = csv.stdout.split('\n');
    expect(readFileSync(particles!, 'utf8').trimEnd().split('\n')).toHaveLength(201);
    const html = await runCli(['export', out, '--to', 'html'], project.folder);
    expect(html.status, html.stderr).toBe(0);
    expect(html.stdout.trim()).toMatch(/report\.html$/);
  });

  for (const [what, args, says] of [
    ['an unknown sampler', ['pair.energy.ts', '--sampler', 'langevn'], /Did you mean langevin\?/],
    ['an unknown option', ['pair.energy.ts', '--sampler', 'hmc', '--set', 'leap=3'], /hmc has no option "leap"\. Did you mean leaps\?/],
    [
      'an option out of bounds',
      ['pair.energy.ts', '--sampler', 'hmc', '--set', 'leaps=0'],
      /hmc: leaps must be a whole number of at least 1/,
    ],
    ['noise the wrong way round', ['pair.energy.ts', '--sampler', 'annealed-langevin', '--set', 'smallestNoise=50'], /smallestNoise/],
    ['steps of a sampler that has none', ['pair.energy.ts', '--sampler', 'smc', '--steps', '3'], /smc finds its number of steps/],
    ['no data to start from', ['free.energy.ts', '--start', 'data'], /no data to start from/],
    ['no such start', ['pair.energy.ts', '--start', 'somewhere'], /start of particles must be data, normal, uniform, a file/],
    ['several energies', ['both.energy.ts'], /choose one with --energy even \| pair/],
    ['no file', [], /takes one energy file/],
    ['a grid of a file', ['pair.energy.ts', '--basin-grid'], /leave the file out/],
  ] as const) {
    it(`answers ${what} with one line and status 2`, async () => {
      const { status, stdout, stderr } = await runCli(['sample', ...args, ...quick], project.folder);
      expect(stderr).toMatch(says);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect([status, stdout]).toEqual([2, '']);
    });
  }
});

describe('unblind sample --basin-grid', () => {
  it('tells the share left in every cell beside what the basins predict, and draws a page', async () => {
    const args = ['sample', '--basin-grid', '--particles', '20', '--steps', '30', '--out', 'grid', '--json'];
    const { status, stdout, stderr } = await runCli(args, project.folder);
    expect(status, stderr).toBe(0);
    const { cells } = JSON.parse(stdout) as { cells: { left: number; predicted: number }[] };
    expect(cells).toHaveLength(30);
    // In so few steps of so few particles it is rough; a sampler that found the weights would be off by up to 0.9.
    for (const { left, predicted } of cells) expect(Math.abs(left - predicted)).toBeLessThan(0.3);
    const page = readFileSync(join(project.folder, 'grid', 'basins.html'), 'utf8');
    expect(page.match(/<svg class="picture/g)).toHaveLength(30);
    expect(existsSync(join(project.folder, 'grid', 'basins.json'))).toBe(true);
  });
});
