import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiagnosisRecord } from '../../../src/shared/diagnosis';
import { energyFile, makeProject, runCli } from './runCli';

let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  // Quantiles of a normal, crossed: all in the left mode.
  const at = [-1.4, -0.7, -0.2, 0.2, 0.7, 1.4];
  const left = at.flatMap((a) => at.map((b) => `${a - 4},${b}`)).join('\n');
  project = makeProject({
    'one.energy.ts': energyFile(
      `dim: 2, energy: (x) => tf.neg(tf.logSumExp(tf.mul(tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), tf.tensor([[-4, 0], [4, 0]]))), 2), -.5), 1))`,
    ),
    'two.energy.ts': energyFile(
      `dim: 1, ...mlp([1, 8, 1], 'swish'), data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [.2, .8] })`,
    ),
    'score.energy.ts': `import { data, defineScore, scoreMlp } from 'unblind';\nexport const s = defineScore({ dim: 2, ...scoreMlp([2, 8, 2], 'swish'), data: data.rings() });\n`,
    'samples.csv': `a,b\n${left}\n`,
    'wide.csv': `a,b,c\n${'1,2,3\n'.repeat(30)}`,
    'package.json': '{}',
  });
});
afterAll(() => {
  project.remove();
});

describe('unblind diagnose', { timeout: 60_000 }, () => {
  it('answers with one JSON object that has what the contract promises', async () => {
    const { status, stdout, stderr } = await runCli(
      ['diagnose', 'one.energy.ts', '--samples', 'samples.csv', '--seed', '3', '--executor', 'onnx', '--json'],
      project.folder,
    );
    expect(status, stderr).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const record = JSON.parse(stdout) as DiagnosisRecord;
    expect(record).toMatchObject({ verdict: 'blind', seed: 3, executor: 'onnx', rows: 36 });
    expect(record.visibility).toEqual({ fisher: expect.any(Number) as number, mfd: expect.any(Number) as number });
    expect(record.modes).toHaveLength(2);
    expect(record.ksd).toMatchObject({ statistic: expect.any(Number) as number, pValue: expect.any(Number) as number });
    expect(record.perturbedKsd).toMatchObject({ statistic: expect.any(Number) as number, pValue: expect.any(Number) as number });
    expect(record.logZ).toEqual({ lower: expect.any(Number) as number, upper: expect.any(Number) as number });
    expect(record.advice).toMatchObject({ beta: expect.any(Number) as number, mixing: { kind: 'gaussian' } });
    // All samples are in one mode of two.
    expect(record.lines.find(({ id }) => id === 'modes')).toMatchObject({ status: 'fail' });
    // Progress goes to stderr.
    expect(stderr).toMatch(/searching modes[\s\S]*normaliser/);
  });

  it('says it in words, with the next step at the end, and keeps the diagnosis with a page', async () => {
    const { status, stdout, stderr } = await runCli(['diagnose', 'two.energy.ts', '--out', 'kept', '--quiet'], project.folder);
    expect(status, stderr).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^one: the density of its data/);
    expect(stdout).toMatch(/^Blind: /m);
    expect(stdout).toMatch(/^ {2}FAIL {2}What the loss sees: Moving 30 % of the mass of mode 1 to mode 2/m);
    expect(stdout).toMatch(/^Next: Fit with MFD, beta \.\d, m = N\(.*visibility rises from 1e-5 to \.0\d+\.$/m);
    const record = JSON.parse(readFileSync(join(project.folder, 'kept', 'diagnosis.json'), 'utf8')) as DiagnosisRecord;
    expect(record.verdict).toBe('blind');
    const page = readFileSync(join(project.folder, 'kept', 'diagnosis.html'), 'utf8');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    for (const text of ['Blind: ', 'KL spectrum', 'Weights of the modes', 'p with tilted weights', 'least at'])
      expect(page).toContain(text);
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it.each([
    ['two files', ['one.energy.ts', 'two.energy.ts'], /takes one energy file/],
    ['an impossible beta', ['one.energy.ts', '--beta', '1'], /--beta must be a number above 0 and below 1/],
    ['an unknown ending', ['one.energy.ts', '--samples', 'a.xyz'], /--samples takes a file that ends in \.csv/],
    ['absent samples', ['one.energy.ts', '--samples', 'gone.csv'], /no file ".*gone\.csv"/],
    ['too many columns', ['one.energy.ts', '--samples', 'wide.csv'], /3 columns/],
    ['an absent run', ['two.energy.ts', '--run', 'gone'], /holds no run/],
    ['an absent energy file', ['gone.energy.ts'], /no file/],
    ['a score network', ['score.energy.ts'], /score\.energy\.ts:2:\d+: "s" is a score network, which has no density/],
  ])('says in one line what is wrong with %s', async (_, args, says) => {
    const { status, stdout, stderr } = await runCli(['diagnose', ...args, '--quiet'], project.folder);
    expect(status, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(says);
  });

  it('takes the columns of the samples by name', async () => {
    const { status, stderr } = await runCli(
      ['diagnose', 'one.energy.ts', '--samples', 'wide.csv', '--columns', 'a,c', '--quiet'],
      project.folder,
    );
    expect(status, stderr).toBe(0);
  });
});
