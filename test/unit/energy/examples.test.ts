import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEnergyFile } from '../../../src/energy/load';
import { useSandbox } from './sandboxBuild';

const paths = useSandbox();
const examples = readdirSync('examples').filter((name) => /\.energy\.[jt]s$/.test(name));

describe('the examples', () => {
  it.each(examples)('%s loads without warnings', async (name) => {
    const { energies, warnings, log } = await loadEnergyFile(join('examples', name), { paths: paths(), samples: 1000 });
    expect([warnings, log]).toEqual([[], []]);
    expect(energies.length).toBeGreaterThan(0);
  });

  it('have the dimensions that they should', async () => {
    const dims = async (name: string): Promise<unknown> =>
      (await loadEnergyFile(join('examples', name), { paths: paths() })).energies.map((energy) => [energy.name, energy.dim]);
    expect((await Promise.all(examples.map(dims))).flat()).toEqual([
      ['banana', 2],
      ['bayesianRegression', 3],
      ['eruptions', 2],
      ['fortyGaussians', 2],
      ['fourModes', 2],
      ['funnel', 10],
      ['glyphs', 64],
      ['farCorners', 2],
      ['withNoise', 2],
      ['withoutNoise', 2],
      ['corners', 2],
      ['rings', 2],
      ['cornersByScore', 2],
      ['tenDimensions', 10],
      ['twoModes', 1],
    ]);
  });
});

describe('a network', () => {
  it('is traced as it is written', async () => {
    const { energies, warnings } = await loadEnergyFile('test/fixtures/energies/network.energy.ts', { paths: paths() });
    const [energy] = energies;
    expect([energies.length, warnings]).toEqual([1, []]);
    expect(energy).toMatchObject({
      name: 'network',
      dim: 2,
      source: { line: 3, column: 24 },
      data: { kind: 'gaussianMixture', std: [0.2], weights: [0.1, 0.2, 0.3, 0.4] },
      mixing: { kind: 'gaussian' },
      fit: { objective: 'mfd', beta: 0.8, steps: 4000, batch: 512, learningRate: 2e-3 },
      kernels: ['Add', 'BatchMatMul', 'Reshape', 'UnblindActivation'],
    });
    expect(energy?.params.map(({ name, shape }) => [name, shape])).toEqual([
      ['layers.0.w', [2, 128]],
      ['layers.0.b', [128]],
      ['layers.1.w', [128, 128]],
      ['layers.1.b', [128]],
      ['layers.2.w', [128, 1]],
      ['layers.2.b', [1]],
    ]);
    expect(energy?.energy.nodes.filter(({ op }) => op === 'activation').map(({ attrs }) => attrs)).toEqual([
      { fn: 'swish', order: 0, alpha: 0 },
      { fn: 'swish', order: 0, alpha: 0 },
    ]);
  });
});
