import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindProgram } from '../../../src/energy/bind';
import { type LoadedFile, loadEnergyFile, type LoadOptions } from '../../../src/energy/load';
import type { TracedEnergy } from '../../../src/energy/traced';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { useSandbox } from './sandboxBuild';
import { writeEnergy, writeFiles } from './workspace';

const paths = useSandbox();

function load(path: string, options: LoadOptions = {}): Promise<LoadedFile> {
  return loadEnergyFile(path, { paths: paths(), ...options });
}

const fixture = (name: string): string => resolve('test/fixtures/energies', name);

/** The energy of rows, with the initial parameters. */
function energyAt({ dim, params, energy }: TracedEnergy, x: readonly number[]): number[] {
  const rows = x.length / dim;
  const graph = createGraph();
  const inputs = [graph.input('x', [rows, dim]), ...params.map(({ name, shape }) => graph.input(name, shape))];
  const feeds = new Map(inputs.map((node, i) => [node, i === 0 ? x : params[i - 1]!.init]));
  return [...evaluate(bindProgram(graph, energy, rows, inputs), feeds)[0]!];
}

const byName = ({ energies }: LoadedFile, name: string): TracedEnergy => energies.find((energy) => energy.name === name)!;

describe('loading energy files', () => {
  it('gives every energy of a file, with modules of its own', async () => {
    const file = await load(fixture('banana.energy.ts'));
    expect(file.energies.map(({ name }) => name).sort()).toEqual(['fitted', 'fixed']);
    expect(file.files.map((name) => resolve(name)).sort()).toEqual([fixture('banana.energy.ts'), fixture('shared/bend.ts')]);
    const fixed = byName(file, 'fixed');
    expect(fixed.params).toEqual([]);
    expect(fixed.data).toEqual({ kind: 'affine', base: { kind: 'banana', curvature: 0.5, std: [1, 0.3] }, scale: 2, shift: [1, -1] });
    expect(fixed.source).toEqual({ file: fixture('banana.energy.ts'), line: 6, column: 22 });
    expect(energyAt(fixed, [1, 2, -2, 0, 0, 0])).toEqual([0.5 + 5 * 1.5 ** 2, 2 + 5 * 4, 0]);
    const fitted = byName(file, 'fitted');
    expect(fitted.params.map(({ name, shape }) => [name, shape])).toEqual([
      ['widths.0', [1]],
      ['widths.1', [1]],
      ['offset.u', [1]],
    ]);
    const u = fitted.params[2]!.init[0]!;
    expect(energyAt(fitted, [1, 2])[0]).toBeCloseTo((1 - u) ** 2 + 5 * 1.5 ** 2, 12);
  });

  it('gives nodes the positions of the code that made them', async () => {
    const fixed = byName(await load(fixture('banana.energy.ts')), 'fixed');
    const positions = fixed.energy.nodes.flatMap(({ source }) =>
      source ? [`${source.file.slice(fixture('').length + 1)}:${source.line}:${source.column}`] : [],
    );
    expect(positions).toContain('shared/bend.ts:5:21');
    expect(positions).toContain('banana.energy.ts:10:49');
  });

  it('takes the text of an editor in place of what is on disk, and all that it imports from disk', async () => {
    const path = await writeEnergy('this is no code at all', 'a.energy.ts');
    const folder = await writeFiles({ 'a.energy.ts': '(', 'shared.ts': 'export const dim = 3;' });
    const text = "import { defineEnergy } from 'unblind';\nimport { dim } from './shared';\n";
    const written = join(folder, 'a.energy.ts');
    const file = await load(written, { text: `${text}export const e = defineEnergy({ dim, energy: (x) => x.sum(1) });` });
    expect(byName(file, 'e')).toMatchObject({ dim: 3, source: { file: written, line: 3, column: 18 } });
    await expect(load(path)).rejects.toMatchObject({ reason: 'syntax' });
    await expect(load(written, { text: `${text}export const e = defineEnergy({ dim, energy: (x) => x });` })).rejects.toMatchObject({
      reason: 'shape',
      position: { file: written, line: 3 },
    });
  });

  it('gives up when it is told to, also in an endless loop', async () => {
    const path = await writeEnergy('for (;;);');
    const cancel = new AbortController();
    const loading = load(path, { signal: cancel.signal, timeoutMs: 20_000 });
    const reason = new Error('overtaken');
    cancel.abort(reason);
    await expect(loading).rejects.toBe(reason);
    await expect(load(path, { signal: AbortSignal.abort(reason), timeoutMs: 20_000 })).rejects.toBe(reason);
  });

  it('traces only the energy that is asked for', async () => {
    const file = await load(fixture('banana.energy.ts'), { energy: 'fitted' });
    expect(file.energies.map(({ name }) => name)).toEqual(['fitted']);
  });

  it('draws parameters from the seed', async () => {
    const init = async (seed?: number): Promise<number[]> => {
      const [energy] = (await load(fixture('banana.energy.ts'), { energy: 'fitted', ...(seed !== undefined && { seed }) })).energies;
      return energy!.params.flatMap((p) => [...p.init]);
    };
    const [first, again, zero, absent] = [await init(7), await init(7), await init(0), await init()];
    expect(first).toEqual(again);
    expect(first).not.toEqual(zero);
    expect(zero).toEqual(absent);
  });

  it('seeds Math.random and tfjs', async () => {
    const path = await writeEnergy(`import * as tf from '@tensorflow/tfjs';
import { defineEnergy } from 'unblind';
const a = tf.variable(tf.randomNormal([3]), true, 'a');
const b = Math.random();
export const e = defineEnergy({ dim: 3, energy: (x) => x.mul(a).mul(b).sum(1) });`);
    const values = async (seed: number): Promise<number[]> => energyAt((await load(path, { seed })).energies[0]!, [1, 1, 1]);
    expect(await values(1)).toEqual(await values(1));
    expect(await values(1)).not.toEqual(await values(2));
  });

  it('takes samplers and mixing densities in JavaScript', async () => {
    const file = await load(fixture('custom.energy.js'));
    const { data, mixing, fit } = byName(file, 'custom');
    expect(fit).toEqual({ samples: 300, objective: 'fisher' });
    if (data?.kind !== 'samples' || mixing?.kind !== 'custom') throw new Error('wrong kinds');
    expect(data.values).toHaveLength(300);
    expect(data.values.filter((v) => v > 0).length).toBeGreaterThan(40);
    expect(data.values.filter((v) => v < 0).length).toBeGreaterThan(150);
    expect(mixing.samples).toHaveLength(300);
    expect(new Set([...data.values, ...mixing.samples]).size).toBe(600);
    const graph = createGraph();
    const x = graph.input('x', [2, 1]);
    const [log] = evaluate(bindProgram(graph, mixing.logDensity, 2, [x]), new Map([[x, [0, 3]]]));
    const exact = [0, 3].map((v) => -0.5 * (v / 2) ** 2 - Math.log(2 * Math.sqrt(2 * Math.PI)));
    exact.forEach((value, i) => expect(log![i]).toBeCloseTo(value, 6));
    const other = byName(file, 'default');
    expect(other.data).toEqual({ kind: 'file', format: 'csv', path: 'points.csv', columns: ['x'] });
    expect(other.mixing).toEqual({ kind: 'uniformBox', low: -3, high: 3 });
  });

  it('draws as many rows as it is told', async () => {
    const { data, mixing } = byName(await load(fixture('custom.energy.js'), { samples: 17 }), 'custom');
    if (data?.kind !== 'samples' || mixing?.kind !== 'custom') throw new Error('wrong kinds');
    expect([data.values.length, mixing.samples.length]).toEqual([17, 17]);
    const again = byName(await load(fixture('custom.energy.js'), { samples: 17, seed: 1 }), 'custom');
    expect(again.data).not.toEqual(data);
  });

  it('uses packages of the workspace', async () => {
    const folder = await writeFiles({
      'node_modules/half/package.json': '{ "name": "half", "main": "main.js" }',
      'node_modules/half/main.js': 'exports.half = 0.5;',
      'node_modules/events/package.json': '{ "name": "events", "main": "main.js" }',
      'node_modules/events/main.js': 'exports.one = 1;',
      'a.energy.ts': `import { defineEnergy } from 'unblind';
import { half } from 'half';
import { one } from 'events';
export const e = defineEnergy({ dim: 1, energy: (x) => x.square().mul(half + one).sum(1) });`,
    });
    const { energies } = await load(join(folder, 'a.energy.ts'));
    expect(energyAt(energies[0]!, [2])).toEqual([6]);
  });

  it('keeps what the file prints', async () => {
    const path = await writeEnergy(`import { defineEnergy } from 'unblind';
console.log('hello', 1, { a: [2] });
console.warn(undefined);
export const e = defineEnergy({ dim: 1, energy: (x) => x.sum(1) });`);
    expect((await load(path)).log).toEqual(['hello 1 {"a":[2]}', 'undefined']);
  });

  it('warns of parameters that the energy does not use', async () => {
    const path = await writeEnergy(`import { defineEnergy } from 'unblind';
export const e = defineEnergy({ dim: 1, params: (init) => ({ a: init.ones([1]), b: init.ones([1]) }), energy: (x, p) => x.mul(p.b).sum(1) });
export const f = defineEnergy({ dim: 1, energy: (x) => x.zerosLike().sum(1) });`);
    expect((await load(path)).warnings).toEqual(['e: The energy does not use the parameter a.', 'f: The energy does not depend on x.']);
  });

  it('lists the kernels', async () => {
    const { energies } = await load(fixture('banana.energy.ts'), { energy: 'fixed' });
    expect(energies[0]!.kernels).toEqual(['Add', 'Multiply', 'Square', 'Sub', 'Unpack']);
  });
});

describe('models of tf.layers', () => {
  it('are fitted: their weights are parameters', async () => {
    const file = await load(fixture('layers.energy.ts'));
    const { params } = byName(file, 'applied');
    expect(params.map(({ shape }) => shape)).toEqual([[2, 16], [16], [16, 8], [8], [8, 1]]);
    expect(params.map(({ name }) => name)).toEqual([
      expect.stringMatching(/kernel/),
      expect.stringMatching(/bias/),
      expect.stringMatching(/kernel/),
      expect.stringMatching(/bias/),
      expect.stringMatching(/kernel/),
    ]);
  });

  it('are computed from their weights', async () => {
    const energy = byName(await load(fixture('layers.energy.ts')), 'applied');
    const [w1, b1, w2, b2, w3] = energy.params.map(({ init }) => init);
    const dense = (h: readonly number[], w: Float32Array, b: Float32Array | undefined, units: number): number[] =>
      Array.from({ length: units }, (_, j) => h.reduce((total, v, i) => total + v * w[i * units + j]!, b?.[j] ?? 0));
    const x = [0.3, -1.2];
    const h1 = dense(x, w1!, b1, 16).map(Math.tanh);
    const h2 = dense(h1, w2!, b2, 8).map((v) => v / (1 + Math.exp(-v)));
    expect(energyAt(energy, x)[0]).toBeCloseTo(dense(h2, w3!, undefined, 1)[0]!, 10);
    expect(energy.energy.nodes.flatMap(({ op, attrs }) => (op === 'activation' ? [attrs['fn']] : []))).toEqual(['tanh', 'swish']);
  });

  it('may be used by predict', async () => {
    const file = await load(fixture('layers.energy.ts'));
    const x = Array.from({ length: 100 }, (_, i) => Math.sin(i));
    expect(energyAt(byName(file, 'predicted'), x)).toEqual(energyAt(byName(file, 'applied'), x));
  });

  it('may branch', async () => {
    const { params, energy } = byName(await load(fixture('layers.energy.ts')), 'branches');
    // Kernel and bias of three dense layers, gamma and beta of the normalisation; not its moving averages.
    expect(params).toHaveLength(8);
    expect(energy.inputs).toHaveLength(9);
  });

  it('as well as variables are parameters where they are trainable', async () => {
    const variables = byName(await load(fixture('layers.energy.ts')), 'variables');
    expect(variables.params).toEqual([{ name: 'slope', shape: [2], init: Float32Array.from([1.5, -0.5]) }]);
    expect(energyAt(variables, [1, 1, 2, 0])).toEqual([1.5, 6]);
  });
});
