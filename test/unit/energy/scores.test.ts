import { describe, expect, it } from 'vitest';
import { bindProgram } from '../../../src/energy/bind';
import { loadEnergyFile } from '../../../src/energy/load';
import { evaluate } from '../../../src/graph/reference';
import { sizeOf } from '../../../src/graph/graph';
import { createGraph } from '../../../src/graph/table';
import { useSandbox } from './sandboxBuild';
import { mistakeIn, writeEnergy } from './workspace';

const paths = useSandbox();

const fileOf = (definition: string): string => `import * as tf from '@tensorflow/tfjs';
import { data, defineScore, scoreMlp } from 'unblind';
export const s = defineScore({ dim: 2, ${definition} });`;

const linear = 'params: (init) => ({ a: init.constant([1], 3) })';

describe('a score network', () => {
  it('is traced with the noise level as the last column of its input', async () => {
    const path = await writeEnergy(
      fileOf(
        `${linear}, score: (x, sigma, p) => tf.div(tf.mul(x, p.a), sigma), noise: { largest: 4, smallest: 1, levels: 3 }, image: [1, 2]`,
      ),
    );
    const { energies, warnings } = await loadEnergyFile(path, { paths: paths() });
    const [score] = energies;
    expect(warnings).toEqual([]);
    expect(score).toMatchObject({
      network: 'score',
      dim: 2,
      noise: { largest: 4, smallest: 1, levels: 3 },
      image: { width: 2, height: 1, channels: 1 },
      fit: {},
    });
    const graph = createGraph();
    const inputs = [graph.input('x', [2, 3]), graph.input('a', [1])];
    const feeds = new Map([
      [inputs[0]!, [1, 2, 0.5, -3, 4, 2]],
      [inputs[1]!, [3]],
    ]);
    expect([...evaluate(bindProgram(graph, score!.energy, 2, inputs), feeds)[0]!]).toEqual([6, 12, -4.5, 6]);
  });

  it('of dense layers is the score of a Gaussian where the layers give nothing', async () => {
    const { energies } = await loadEnergyFile(await writeEnergy(fileOf('...scoreMlp([2, 4, 2])')), { paths: paths() });
    const [score] = energies;
    const graph = createGraph();
    const inputs = [graph.input('x', [2, 3]), ...score!.params.map(({ name, shape }) => graph.input(name, shape))];
    const at = (bias: number): number[] => {
      const feeds = new Map(inputs.map((input) => [input, Array.from({ length: sizeOf(input.shape) }, () => 0)]));
      feeds.set(inputs[0]!, [1, 2, 0.5, -3, 4, 2]);
      feeds.set(inputs.at(-1)!, [bias, bias]);
      return [...evaluate(bindProgram(graph, score!.energy, 2, inputs), feeds)[0]!];
    };
    const gaussian = [-1 / 1.25, -2 / 1.25, 3 / 5, -4 / 5];
    at(0).forEach((value, i) => expect(value).toBeCloseTo(gaussian[i]!, 6));
    // What the layers give is divided by sigma sqrt(1 + sigma^2).
    at(3).forEach((value, i) => expect(value - gaussian[i]!).toBeCloseTo(i < 2 ? 3 / (0.5 * Math.sqrt(1.25)) : 3 / (2 * Math.sqrt(5)), 5));
  });

  it.each([
    ['of a wrong width', `${linear}, score: (x, sigma, p) => tf.mul(sigma, p.a)`, 'shape', 'a tensor of shape [n, 2]'],
    ['that mixes rows', `${linear}, score: (x, sigma, p) => tf.mul(tf.sub(x, tf.mean(x, 0)), p.a)`, 'rows', 'depends on other rows'],
    ['without parameters', 'score: (x) => x', 'argument', 'params must be a function that makes initial parameters'],
    ['with the objective of an energy', `...scoreMlp([2, 8, 2]), fit: { objective: 'mfd' }`, 'fit', 'must be one of "multi-noise"'],
    [
      'with levels upside down',
      `...scoreMlp([2, 8, 2]), noise: { largest: 1, smallest: 2 }`,
      'argument',
      'must not be above noise.largest',
    ],
    ['with a wrong image', `...scoreMlp([2, 8, 2]), image: [2, 2]`, 'argument', 'height * width = dim, which is 2'],
    ['with an image of two channels', `...scoreMlp([2, 8, 2]), image: [1, 1, 2]`, 'argument', '[height, width, 3] with three channels'],
    ['whose sizes do not return to the dimension', `...scoreMlp([2, 8, 1])`, 'argument', 'begin and end with the dimension of x'],
    ['with an unknown option', `...scoreMlp([2, 8, 2]), mixing: 1`, 'argument', 'defineScore has no option "mixing"'],
  ])('%s is refused', async (_, definition, reason, message) => {
    const error = await mistakeIn(await writeEnergy(fileOf(definition)), { paths: paths() });
    expect({ reason: error.reason, message: error.message }).toEqual({ reason, message: expect.stringContaining(message) as string });
    expect(error.position?.line).toBe(3);
  });

  it('cannot have its objective in an energy', async () => {
    const text = `import { defineEnergy, mlp } from 'unblind';\nexport const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), fit: { objective: 'multi-noise' as any } });`;
    expect((await mistakeIn(await writeEnergy(text), { paths: paths() })).message).toContain('fit.objective must be one of "mfd"');
  });
});
