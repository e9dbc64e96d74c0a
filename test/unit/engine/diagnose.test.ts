import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose, type DiagnoseOptions, type Diagnosis } from '../../../src/engine/diagnose/diagnose';
import { advisedStep } from '../../../src/shared/advisedStep';
import { loadEnergyFile } from '../../../src/energy/load';
import type { TracedEnergy } from '../../../src/energy/traced';
import { useSandbox } from '../energy/sandboxBuild';
import { writeEnergy } from '../energy/workspace';

const paths = useSandbox();

const source = `
import * as tf from '@tensorflow/tfjs';
import { data, defineEnergy, mlp } from 'unblind';

const mixture = (means, std) => (x) =>
  tf.neg(tf.logSumExp(tf.mul(tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), tf.tensor(means))), 2), -0.5 / std ** 2), 1));
const two = [[-4, 0], [4, 0]];

export const far = defineEnergy({ dim: 2, energy: mixture(two, 1), data: data.gaussianMixture({ means: two, std: 1, weights: [0.5, 0.5] }) });
export const lopsided = defineEnergy({ dim: 2, energy: mixture(two, 1), data: data.gaussianMixture({ means: two, std: 1, weights: [0.9, 0.1] }) });
export const one = defineEnergy({ dim: 2, energy: mixture([[1, 2]], 1) });
export const overlapping = defineEnergy({ dim: 2, energy: mixture([[-1.2, 0], [1.2, 0]], 1) });
export const heavyTail = defineEnergy({ dim: 2, energy: (x) => tf.mul(tf.log(tf.add(1, tf.div(tf.sum(tf.square(x), 1), 3))), 2.5) });
export const banana = defineEnergy({
  dim: 2,
  energy: (x) => {
    const [a, b] = tf.split(x, 2, 1);
    const bent = tf.div(tf.sub(b, tf.mul(0.5, tf.square(a))), 0.3);
    return tf.squeeze(tf.mul(0.5, tf.add(tf.square(a), tf.square(bent))), [1]);
  },
});
export const plain = defineEnergy({ dim: 2, energy: (x) => tf.sum(tf.pow(tf.mul(x, 1 / 20), 12), 1) });
export const fitted = defineEnergy({
  dim: 1,
  ...mlp([1, 8, 1], 'swish'),
  data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] }),
  fit: { beta: 0.5 },
});
export const unknown = defineEnergy({ dim: 2, ...mlp([2, 8, 1], 'swish'), data: data.sampler((rng, n) => Array.from({ length: n }, () => [rng.normal(), rng.normal()])) });
export const edged = defineEnergy({ dim: 2, ...mlp([2, 8, 1], 'swish'), data: data.checkerboard() });
`;

let file = '';
let energies: readonly TracedEnergy[] = [];
beforeAll(async () => {
  file = await writeEnergy(source);
  energies = (await loadEnergyFile(file, { paths: paths() })).energies;
});

function diagnosed(name: string, options: Partial<DiagnoseOptions> = {}): Promise<Diagnosis> {
  const traced = energies.find((energy) => energy.name === name);
  if (!traced) throw new Error(`there is no ${name}`);
  return diagnose(traced, { file, seed: 0, executor: 'onnx', ...options });
}

// Seconds a test on a quiet machine; more where all cores are busy.
describe('diagnose', { timeout: 120_000 }, () => {
  it('calls a density with separated modes blind, says what to do, and measures all the rest', async () => {
    const stages: string[] = [];
    const { record, figures } = await diagnosed('far', { figures: true, hooks: { onStage: (stage) => stages.push(stage) } });
    expect(record).toMatchObject({ verdict: 'blind', of: 'energy', dim: 2, rows: null, seed: 0, executor: 'onnx', runDir: null });
    expect(record.next).toMatch(/^Sample by parallel tempering or annealed importance sampling: /);
    expect(JSON.stringify([record.next, record.lines.map(({ todo }) => todo)])).not.toMatch(/\bfit\b/i);
    expect(advisedStep(record)).toEqual({ kind: 'sample', sampler: 'parallel-tempering' });
    expect(record.visibility!.mfd).toBeGreaterThan(20 * record.visibility!.fisher);
    expect(record.modes.map(({ weight }) => weight)).toEqual([expect.closeTo(0.5, 2), expect.closeTo(0.5, 2)]);
    // log Z = log(2 * 2 pi); the bracket is within five of SMC's errors, which are about .05 here.
    expect(Math.abs((record.logZ!.lower + record.logZ!.upper) / 2 - Math.log(4 * Math.PI))).toBeLessThan(0.25);
    expect(record.ksd!.pValue).toBeGreaterThan(0.01);
    expect(record.perturbedKsd!.pValue).toBeGreaterThan(0.01);
    expect(['fssd', 'tempering'].map((id) => record.lines.find((line) => line.id === id)?.status)).toEqual(['pass', 'pass']);
    expect(record.basins!.actual.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(stages).toEqual([
      'loading data',
      'searching modes',
      'measuring visibility',
      'following particles',
      'Stein tests',
      'tempering',
      'normaliser',
      'checking derivatives',
      'drawing figures',
    ]);
    const { curves, pictures } = figures!;
    expect(curves!.mixtureFisher.least).toBeCloseTo(curves!.weight, 6);
    expect(pictures!.p).toHaveLength(pictures!.shape[0]! * pictures!.shape[1]!);
    // What can be stored can be read back.
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });

  it('shows samples of wrong weights by the modes and by perturbed KSD, not by KSD', async () => {
    const { record } = await diagnosed('lopsided');
    expect(record.lines.find(({ id }) => id === 'modes')).toMatchObject({ status: 'fail' });
    expect(record.ksd!.pValue).toBeGreaterThan(0.05);
    expect(record.perturbedKsd!.pValue).toBeLessThan(0.05);
    expect(record.lines.find(({ id }) => id === 'basins')).toMatchObject({ status: 'fail' });
    expect(record.lines.find(({ id }) => id === 'tempering')).toMatchObject({ status: 'fail' });
    expect(JSON.stringify(record.lines.map(({ todo }) => todo))).not.toMatch(/\bfit\b/i);
    expect(record.tempering!.moved).toBeGreaterThan(0.1);
  });

  it.each(['one', 'overlapping', 'heavyTail', 'banana'])('stays quiet about %s', async (name) => {
    const { record } = await diagnosed(name);
    expect(record.verdict).toBe('sees');
    expect(record.lines.filter(({ status }) => status === 'warn' || status === 'fail')).toEqual([]);
    expect(record.next).toBe('');
    expect(record.ksd).toBeNull();
    expect(record.perturbedKsd).toBeNull();
  });

  it('cannot tell where nothing leads to what may be there', async () => {
    const { record } = await diagnosed('plain');
    expect(record.verdict).toBe('cannot tell');
    expect(record.next).not.toBe('');
  });

  it('takes the density of the data, exactly, before anything is fitted', async () => {
    const { record } = await diagnosed('fitted', { beta: 0.6 });
    expect(record).toMatchObject({ of: 'data', verdict: 'blind', logZ: null });
    expect(record.next).toMatch(/^Fit with MFD, beta \.\d, m = N\(.*\): visibility rises from .* to .*\.$/);
    expect(advisedStep(record)).toEqual({ kind: 'fit', beta: record.advice?.beta });
    expect(record.visibility!.fisher).toBeGreaterThan(5e-6);
    expect(record.visibility!.fisher).toBeLessThan(2e-5);
    expect(record.notes[0]).toMatch(/nothing was fitted yet/);
  });

  it.each([['unknown'], ['edged']])('says what to do about %s, whose density is not known', async (name) => {
    await expect(diagnosed(name)).rejects.toThrow(/fit it first: unblind fit/);
  });

  it('gives the same record for the same seed', async () => {
    const twice = [await diagnosed('fitted'), await diagnosed('fitted')].map(({ record }) => ({ ...record, seconds: 0 }));
    expect(twice[0]).toEqual(twice[1]);
  });

  it('ends at the next point where it may when it is cancelled', async () => {
    const stop = new AbortController();
    const stages: string[] = [];
    const onStage = (stage: string): void => {
      stages.push(stage);
      if (stage === 'measuring visibility') stop.abort(new Error('enough'));
    };
    await expect(diagnosed('far', { hooks: { onStage, signal: stop.signal } })).rejects.toThrow('enough');
    expect(stages.at(-1)).toBe('measuring visibility');
  });
});

describe('a run of an energy', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'unblind-diagnose-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is diagnosed by its corrected density, and the latest one where none is named', async () => {
    const { fitEnergy } = await import('../../../src/engine/fit/fitEnergy');
    const traced = energies.find(({ name }) => name === 'unknown')!;
    const settings = { seed: 0, executor: 'onnx' as const, overrides: { steps: 150, batch: 64 } };
    const directory = join(folder, '.unblind', 'runs', 'one');
    const here = join(folder, 'copy.energy.ts');
    await fitEnergy(traced, { file: here, directory, ...settings });
    const { record } = await diagnose(traced, { file: here, seed: 0, executor: 'onnx', run: directory });
    expect(record).toMatchObject({ of: 'run', runDir: directory, dim: 2 });
    expect(record.lines.map(({ id }) => id)).toContain('correction');
    expect(record.logZ!.upper).toBeGreaterThan(record.logZ!.lower);
    const latest = await diagnose(traced, { file: here, seed: 0, executor: 'onnx' });
    expect(latest.record.runDir).toBe(directory);
    expect(latest.record.notes.join()).toMatch(/latest finished run/);
    const other = energies.find(({ name }) => name === 'edged')!;
    await expect(diagnose(other, { file: here, seed: 0, executor: 'onnx', run: directory })).rejects.toThrow(/is of unknown, not of edged/);
  });
});
