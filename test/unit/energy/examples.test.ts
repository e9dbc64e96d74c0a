import { describe, expect, it } from 'vitest';
import { loadEnergyFile } from '../../../src/energy/load';
import { useSandbox } from './sandboxBuild';

const paths = useSandbox();

describe('the examples', () => {
  it('load four modes as they are written', async () => {
    const { energies, warnings, log, files } = await loadEnergyFile('examples/fourModes.energy.ts', { paths: paths() });
    expect(warnings).toEqual([]);
    expect(log).toEqual([]);
    expect(files).toHaveLength(1);
    const [energy] = energies;
    expect(energies).toHaveLength(1);
    expect(energy).toMatchObject({
      name: 'fourModes',
      dim: 2,
      source: { line: 7, column: 26 },
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

  it.each([
    ['rings', 2],
    ['twoModes', 1],
  ])('load %s', async (name, dim) => {
    const { energies, warnings } = await loadEnergyFile(`examples/${name}.energy.ts`, { paths: paths() });
    expect(warnings).toEqual([]);
    expect(energies.map((energy) => [energy.name, energy.dim])).toEqual([[name, dim]]);
  });
});
