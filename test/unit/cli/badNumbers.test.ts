/** Each way in which numbers go bad is named, with cause and cure, and the last good parameters are kept. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runReader';
import type { RunResult } from '../../../src/runs/record';
import { energyFile, makeProject, runCli } from './runCli';

const two = `dim: 1, data: data.gaussianMixture({ means: [[-2], [2]], std: 0.7, weights: [0.3, 0.7] })`;
const net = `...mlp([1, 24, 24, 1], 'swish')`;
const free = `params: (init) => ({ a: init.zeros([1]) })`;
/** The rows of x [n, 1] as a vector. */
const files = {
  healthy: `${two}, ${net}, mixing: mixing.gaussian(), fit: { steps: 1200, batch: 256, learningRate: 5e-3 }`,
  overflow: `${two}, ${free}, energy: (x, p) => tf.sum(tf.exp(tf.mul(40, tf.square(tf.sub(x, p.a)))), 1), fit: { steps: 20, batch: 64 }`,
  explodes: `${two}, ${net}, fit: { steps: 400, batch: 64, learningRate: 1e30, clip: 0, schedule: 'constant' }`,
  grows: `${two}, ${net}, mixing: mixing.gaussian(), fit: { steps: 300, batch: 64, learningRate: 50, clip: 0 }`,
  dead: `${two}, params: (init) => ({ w: init.glorot([1, 8]) }), energy: (x, p) => tf.add(tf.sum(tf.square(x), 1), tf.sum(tf.relu(tf.sub(tf.matMul(x, p.w), 1000)), 1)), fit: { objective: 'fisher', steps: 60, batch: 64 }`,
  outside: `${two}, ${free}, energy: (x, p) => tf.sum(tf.sub(tf.square(tf.sub(x, p.a)), tf.log(tf.add(x, 3))), 1), fit: { objective: 'fisher', steps: 40, batch: 64 }`,
  narrow: `${two}, ${free}, energy: (x, p) => tf.sum(tf.mul(3e6, tf.square(tf.sub(x, tf.add(p.a, 0.3)))), 1), fit: { objective: 'fisher', steps: 5, batch: 64, learningRate: 1e-9, standardize: false }`,
  loose: `${two}, ${free}, energy: (x, p) => tf.sum(tf.mul(p.a, tf.tanh(x)), 1), fit: { objective: 'fisher', steps: 40, batch: 64 }`,
  apart: `${two}, ${net}, mixing: mixing.gaussian({ mean: [40], std: 0.5 }), fit: { steps: 300, batch: 64 }`,
};

let project: ReturnType<typeof makeProject>;
beforeAll(() => {
  const sources = Object.entries(files).map(([name, definition]) => [`${name}.energy.ts`, energyFile(definition)]);
  project = makeProject({ ...(Object.fromEntries(sources) as Record<string, string>), 'package.json': '{}' });
});
afterAll(() => project.remove());

async function fit(
  name: keyof typeof files,
): Promise<{ readonly status: number | null; readonly result: RunResult | undefined; readonly said: string }> {
  const args = ['fit', `${name}.energy.ts`, '--executor', 'onnx', '--seed', '1', '--json', '--quiet'];
  const { status, stdout, stderr } = await runCli(args, project.folder);
  return { status, result: status === 0 ? (JSON.parse(stdout) as RunResult) : undefined, said: stderr };
}

const notesOf = async (name: keyof typeof files): Promise<string> => {
  const { result, said } = await fit(name);
  expect(result, said).toBeDefined();
  return result!.notes.join('\n');
};

describe('numbers that go bad', () => {
  it('are not seen where all is well', async () => {
    expect(await notesOf('healthy')).toBe('');
  });

  it.each([
    [
      'overflow',
      'at step 0: the loss is not finite at the initial parameters: the energy or one of its derivatives is undefined or overflows float32',
    ],
    ['explodes', 'lower learningRate (1e+30)'],
  ] as const)('end a fit by name, step, cause and cure, with the last good parameters kept: %s', async (name, words) => {
    const { status, said } = await fit(name);
    expect(status).toBe(1);
    expect(said).toContain(words);
    expect(said).toMatch(/not finite at step \d+/);
    const directory = /last good parameters are kept in (.+)$/m.exec(said)![1]!;
    const run = readRun(directory);
    const { params } = run.readSnapshot(run.snapshots().at(-1)!.step);
    expect([...params.data].every(Number.isFinite)).toBe(true);
    expect(run.events.at(-1)).toMatchObject({ type: 'end', status: 'failed' });
  });

  it.each([
    ['grows', /the parameters have exploded, from [\d.]+ to [\d.e+]+ in the mean square: lower learningRate \(50\) or set clip \(off\)/],
    ['dead', /the gradient of the last step is exactly zero: .* take a smooth activation such as swish/],
    ['outside', /the energy is no number at [\d.]+ % of the points where it is integrated, which count as empty/],
    ['narrow', /the density is narrower than its cells, and log Z, KL and weights are not resolved/],
    ['loose', /% of the model's mass lies at the edge of the grid: the energy does not confine it/],
    ['apart', /% of the mixing density is missing from the fitted bridge, .* choose beta and a mixing density m that overlaps the data/],
  ] as const)('are noted of a fit that ends: %s', async (name, words) => {
    expect(await notesOf(name)).toMatch(words);
  });
});
