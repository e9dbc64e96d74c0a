import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaussianMixture } from '../../../src/data/builtin/gaussianMixture';
import { builtinMixing } from '../../../src/engine/fit/mixing';
import { samplerSource } from '../../../src/engine/fit/source';
import { logVolume, standardize } from '../../../src/engine/fit/standardization';
import { chainsRecord } from '../../../src/engine/sample/chains';
import { correctedTarget } from '../../../src/engine/correctedTarget';
import { exactMixture } from '../../../src/engine/sample/exactMixture';
import { SampleModes } from '../../../src/engine/sample/sampleModes';
import { type StartRequest, startOf } from '../../../src/engine/sample/start';
import { warningsOf } from '../../../src/engine/sample/warnings';
import { correctedLogDensity } from '../../../src/diagnose/density';
import { scored } from '../../../src/data/target';
import { RowFunction } from '../../../src/executors/rowFunction';
import { add, mul, reshape, square, sum } from '../../../src/graph/ops';
import type { Model } from '../../../src/objectives/trainingStep';
import type { SampleResult } from '../../../src/runs/sampleRecord';
import { mixtureTarget } from '../../../src/samplers/mixtureTarget';
import { Random } from '../../../src/shared/random';
import { executorOf } from '../support/executors';

const pair = { kind: 'gaussianMixture', means: [[-5], [5]], std: [1], weights: [0.2, 0.8] } as const;
const pairSource = samplerSource(gaussianMixture(pair), 'a pair', new Random(0));

describe('the corrected density of a fit', () => {
  const standardization = { mean: Float64Array.of(3), scale: Float64Array.of(4) };
  const mixing = builtinMixing({ kind: 'gaussian', mean: [0], std: [6] }, standardization);
  // E(z) = a z^2 + b, so that log Z over the user's coordinates is known.
  const model: Model = {
    dim: 1,
    paramShapes: [[1], []],
    energy: (z, [a, b]) => add(mul(sum(square(z), 1), reshape(a!, [])), b!),
  };
  const [a, b, beta] = [1.5, 0.7, 0.8];
  const logZ = 0.5 * Math.log(Math.PI / a) - b + logVolume(standardization);
  const rows = Float64Array.from({ length: 41 }, (_, i) => -60 + 3.1 * i);

  it('is that of the evaluation, wherever it is asked, and its score is finite', async () => {
    const target = correctedTarget({ standardization, mixing }, model, Float32Array.of(a, b), logZ, beta);
    const at = await RowFunction.create(await executorOf('onnx'), 1, (x) => {
      const { logDensity, score } = scored(target, x);
      return [logDensity, score];
    });
    const [values, scores] = await at.at(rows);
    const z = standardize(rows, standardization);
    rows.forEach((x, i) => {
      const logMixing = -0.5 * (x / 6) ** 2 - Math.log(6 * Math.sqrt(2 * Math.PI));
      const energy = a * z[i]! ** 2 + b;
      const expected = correctedLogDensity(energy, logZ, 0, { beta, logMixing });
      expect(Math.abs(values![i]! - expected)).toBeLessThan(2e-4 * (1 + Math.abs(expected)));
    });
    expect(scores!.every(Number.isFinite)).toBe(true);
    // Some rows are where the correction is at its floor, or the test says nothing of it.
    expect(rows.some((x, i) => 0.2 * Math.exp(-0.5 * (x / 6) ** 2) > Math.exp(-a * z[i]! ** 2) * 6)).toBe(true);
    await at.dispose();
  });

  it('is exp(-E) / Z where nothing is bridged', async () => {
    const target = correctedTarget({ standardization, mixing }, model, Float32Array.of(a, b), logZ, undefined);
    const at = await RowFunction.create(await executorOf('onnx'), 1, (x) => [target.logDensity(x)]);
    const [[value]] = (await at.at(Float64Array.of(7))) as [Float64Array];
    expect(value).toBeCloseTo(-a - b - logZ, 4);
    await at.dispose();
  });
});

describe('a density is taken for the mixture of its data', () => {
  for (const [what, weights, std, same] of [
    ['where it is', [0.2, 0.8], 1, true],
    ['not with other weights', [0.25, 0.75], 1, false],
    ['not with other widths', [0.2, 0.8], 1.01, false],
  ] as const) {
    it(what, async () => {
      const target = mixtureTarget({ means: pair.means, std: [std], weights });
      expect(await exactMixture(await executorOf('onnx'), target, pair)).toEqual(same ? pair : undefined);
    });
  }

  it('not where the data are no mixture', async () => {
    expect(await exactMixture(await executorOf('onnx'), mixtureTarget(pair), { kind: 'moons', std: 0.1 })).toBeUndefined();
  });
});

describe('the start', () => {
  const request: StartRequest = { start: 'normal', particles: 4000, source: pairSource, dim: 1, seed: 3, directory: tmpdir() };

  it('has the data, their moments, or their box', async () => {
    const [data, normal, uniform] = [
      await startOf({ ...request, start: 'data' }),
      await startOf(request),
      await startOf({ ...request, start: 'uniform' }),
    ];
    const mean = (rows: Float64Array): number => rows.reduce((t, v) => t + v, 0) / rows.length;
    // Mean 3 and deviation sqrt(17), over 4000 draws: five standard errors.
    expect(Math.abs(mean(data.rows) - 3)).toBeLessThan((5 * Math.sqrt(17)) / Math.sqrt(4000));
    expect(Math.abs(mean(normal.rows) - 3)).toBeLessThan((5 * Math.sqrt(17)) / Math.sqrt(4000) + 0.2);
    expect(data.rows.filter((x) => Math.abs(x) < 1).length).toBeLessThan(10);
    expect(uniform.rows.filter((x) => Math.abs(x) < 1).length).toBeGreaterThan(200);
    expect(uniform.description).toMatch(/^uniform over the data's box, from \(-\d/);
    expect((await startOf(request)).rows).toEqual(normal.rows);
  });

  it('says which broad box it took where there are no data, and has no data to take', async () => {
    const { rows, description } = await startOf({ ...request, start: 'uniform', source: null, particles: undefined });
    expect(rows).toHaveLength(1000);
    expect(Math.max(...rows.map(Math.abs))).toBeLessThanOrEqual(5);
    expect(description).toBe('uniform over [-5, 5] in each coordinate, as there are no data');
    await expect(startOf({ ...request, start: 'data', source: null })).rejects.toThrow(/no data to start from; choose --start normal/);
  });

  it('is read from a file, all rows or as many as are asked for', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'unblind-start-'));
    writeFileSync(join(directory, 'a.csv'), 'x\n1\n2\n3\n');
    const file = { ...request, start: 'a.csv', directory, particles: undefined };
    expect(Array.from((await startOf(file)).rows)).toEqual([1, 2, 3]);
    expect(Array.from((await startOf({ ...file, particles: 5 })).rows)).toEqual([1, 2, 3, 1, 2]);
    await expect(startOf({ ...file, start: 'gone.csv' })).rejects.toThrow(/gone\.csv/);
    await expect(startOf({ ...file, start: 'normol' })).rejects.toThrow(/start of particles must be data, normal, uniform, a file/);
  });
});

describe('modes', () => {
  it('have the weights of the density by quadrature, whatever the particles say', async () => {
    const [executor, target] = [await executorOf('onnx'), mixtureTarget({ ...pair, weights: [0.35, 0.65] })];
    const modes = await SampleModes.create({
      executor,
      target,
      dense: true,
      source: null,
      start: Float64Array.of(-9, 9),
      measured: null,
      exact: false,
    });
    const particles = Float32Array.from({ length: 100 }, (_, i) => (i < 50 ? -5 : 5));
    expect([...modes.shares(particles)].sort()).toEqual([0.5, 0.5]);
    const records = await modes.records(particles, 100);
    const left = records.find(({ center }) => center[0]! < 0)!;
    expect(left.ownWeight).toBeCloseTo(0.35, 3);
    expect(left).toMatchObject({ weight: 0.5, weightStdErr: 0.05, dataWeight: null });
  });
});

describe('chains', () => {
  const draws = (shift: number): Parameters<typeof chainsRecord>[0] => {
    const random = new Random(1);
    const values = Float32Array.from({ length: 4 * 200 * 2 }, (_, i) => random.normal() + (i >= 800 && i % 2 === 1 ? shift : 0));
    return { chains: 4, count: 200, dim: 2, values };
  };

  it('are judged by their worst coordinate', () => {
    expect(chainsRecord(draws(0))!.rHat).toBeLessThan(1.02);
    expect(chainsRecord(draws(3))!.rHat).toBeGreaterThan(1.3);
    expect(chainsRecord(draws(3))!.essBulk).toBeLessThan(100);
    expect(chainsRecord({ ...draws(0), count: 4 })).toBeNull();
  });
});

describe('warnings', () => {
  const mode = { label: 'mode 1', center: [0], weightStdErr: 0.01, ownWeightStdErr: 0, dataWeight: null, dataWeightStdErr: null };
  const fine: Omit<SampleResult, 'warnings' | 'notes'> = {
    kind: 'sample',
    runDir: '',
    energy: 'one',
    sampler: 'mala',
    executor: 'onnx',
    seed: 0,
    particles: 100,
    steps: 1,
    seconds: 1,
    stepsPerSecond: 1,
    figures: { acceptance: 0.57, swapAcceptance: 0.5, effectiveShare: 0.9 },
    temperature: { value: 1.05, standardError: 0.02 },
    chains: { chains: 4, draws: 100, rHat: 1.005, essBulk: 100, essTail: 100 },
    logZ: { lower: 1, lowerError: 0.1, upper: 1.3, upperError: 0.1, upperFromExactSamples: false },
    modes: [
      { ...mode, weight: 0.52, ownWeight: 0.5 },
      { ...mode, label: 'mode 2', weight: 0.48, ownWeight: 0.5 },
    ],
  };

  it('are none where nothing is wrong', () => {
    expect(warningsOf(fine)).toEqual([]);
  });

  it('allow correlated draws of few particles a larger error of the temperature', () => {
    const warm = { temperature: { value: 1.2, standardError: 0.02 }, chains: { ...fine.chains!, essBulk: 10 } };
    expect(warningsOf({ ...fine, ...warm })).toEqual([]);
    expect(warningsOf({ ...fine, ...warm, particles: 1000 })).toHaveLength(1);
  });

  for (const [what, change, says] of [
    ['chains that disagree', { chains: { ...fine.chains!, rHat: 1.2 } }, /R-hat is 1\.20.*not mixed between modes; use parallel-tempering/],
    [
      'chains in one mode',
      { chains: { ...fine.chains!, rHat: 1.05 }, modes: [{ ...mode, weight: 1, ownWeight: 1 }] },
      /R-hat is 1\.050.*not explored/,
    ],
    [
      'wrong weights',
      { modes: [{ ...mode, weight: 0.6, ownWeight: 0.5 }] },
      /put 0\.600 of the particles in mode 1, whose weight is 0\.500/,
    ],
    ['refused proposals', { figures: { acceptance: 0.05 } }, /only 5\.0 % of the proposals.*lower stepSize/],
    ['refused swaps', { figures: { swapAcceptance: 0.05 } }, /raise levels/],
    ['degenerate weights', { figures: { effectiveShare: 0.01 } }, /worth only 1\.0 %/],
    [
      'heat',
      { temperature: { value: 1.2, standardError: 0.02 }, particles: 1000 },
      /temperature after mala is 1\.2 instead of 1, too warm/,
    ],
    ['a wide bracket', { logZ: { ...fine.logZ!, upper: 3 } }, /2\.00 nats apart/],
  ] as const) {
    it(`tell of ${what}, once`, () => {
      const said = warningsOf({ ...fine, ...change });
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(says);
    });
  }
});
