import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/energy/api/apiError';
import { createInit } from '../../../src/energy/api/initializers';
import { packRows } from '../../../src/energy/api/rows';
import { nearestName } from '../../../src/energy/api/suggest';
import { activations, data, defineEnergy, mixing, mlp } from '../../../src/energy/unblind';
import { Random } from '../../../src/shared/random';
import './traceHarness';

const any = (value: unknown): never => value as never;

describe('data', () => {
  it('has defaults', () => {
    expect(data.gaussianMixture()).toEqual({
      kind: 'gaussianMixture',
      means: [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ],
      std: [0.2],
      weights: [0.1, 0.2, 0.3, 0.4],
    });
    expect(data.rings()).toEqual({ kind: 'rings', radii: [0.65, 1.3], std: 0.065, weights: [0.5, 0.5] });
    expect(data.checkerboard()).toEqual({ kind: 'checkerboard', cells: 4, width: 8 });
    expect([data.moons(), data.pinwheel(), data.spirals(), data.banana(), data.grid25()].map((spec) => spec.kind)).toEqual([
      'moons',
      'pinwheel',
      'spirals',
      'banana',
      'grid25',
    ]);
  });

  it('takes parts of its own, with equal weights', () => {
    expect(data.gaussianMixture({ means: [[-5], [5]], std: 1 })).toEqual({
      kind: 'gaussianMixture',
      means: [[-5], [5]],
      std: [1],
      weights: [0.5, 0.5],
    });
    expect(data.rings({ radii: [1], std: 0.1 })).toEqual({ kind: 'rings', radii: [1], std: 0.1, weights: [1] });
  });

  it('scales weights to sum to one', () => {
    expect(data.gaussianMixture({ means: [[0], [1]], std: [1, 2], weights: [1, 3] })).toMatchObject({ weights: [0.25, 0.75] });
  });

  it('scales and shifts', () => {
    expect(data.pinwheel({ arms: 3, scale: 2, shift: [1, 0] })).toEqual({
      kind: 'affine',
      base: { kind: 'pinwheel', arms: 3, radialStd: 0.3, tangentialStd: 0.1, rate: 0.25 },
      scale: 2,
      shift: [1, 0],
    });
  });

  it('names files', () => {
    expect(data.csv('a.csv')).toEqual({ kind: 'file', format: 'csv', path: 'a.csv' });
    expect(data.parquet('a.parquet', { columns: ['u', 'v'] })).toEqual({
      kind: 'file',
      format: 'parquet',
      path: 'a.parquet',
      columns: ['u', 'v'],
    });
    expect(data.npz('a.npz', { key: 'x' })).toEqual({ kind: 'file', format: 'npz', path: 'a.npz', key: 'x' });
    expect([data.npy('a.npy'), data.json('a.json', { columns: [0, 2] })]).toMatchObject([
      { format: 'npy' },
      { format: 'json', columns: [0, 2] },
    ]);
  });

  it.each<readonly [string, () => unknown, string]>([
    ['unknown options', () => data.moons(any({ noise: 1 })), 'data.moons has no option "noise"; known are std, scale, shift.'],
    ['options that are none', () => data.moons(any(0.1)), 'data.moons takes an object of options, not 0.1.'],
    ['texts for numbers', () => data.grid25(any({ std: '1' })), 'data.grid25: std must be a finite number, not "1".'],
    [
      'points of different length',
      () => data.gaussianMixture({ means: [[1, 2], [1]] }),
      'data.gaussianMixture: means must all have 2 coordinates, but one has 1.',
    ],
    [
      'no points',
      () => data.gaussianMixture({ means: [] }),
      'data.gaussianMixture: means must be an array of points, such as [[0, 0], [1, 1]], not an array of 0.',
    ],
    ['negative weights', () => data.rings({ weights: [2, -1] }), 'data.rings: weights must not be negative, but one is -1.'],
    ['weights of zero', () => data.rings({ weights: [0, 0] }), 'data.rings: weights must not all be zero.'],
    [
      'a wrong number of stds',
      () => data.gaussianMixture({ std: [1, 2] }),
      'data.gaussianMixture: std must be one number or 4 of them, not 2.',
    ],
    ['a shift of another dimension', () => data.moons({ shift: [1, 2, 3] }), 'shift has 3 numbers, but the data has 2 columns'],
    ['a scale of zero', () => data.moons({ scale: 0 }), 'scale cannot be 0'],
    ['three stds of a banana', () => data.banana(any({ std: [1, 2, 3] })), 'data.banana: std must be two numbers, not 3.'],
    ['a file without path', () => data.csv(any(undefined)), 'data.csv takes the path of a file, not undefined.'],
    [
      'columns that are none',
      () => data.csv('a', any({ columns: 'x' })),
      'data.csv: columns must be names or numbers (from 0) of columns, such as ["x", "y"].',
    ],
    ['a sampler that is none', () => data.sampler(any([1])), 'data.sampler takes a function (rng, n) => rows, not an array of 1.'],
  ])('refuses %s', (_, run, message) => {
    expect(run).toThrow(ApiError);
    expect(run).toThrow(message);
  });
});

describe('mixing', () => {
  it('keeps what is given, and leaves the rest to the data', () => {
    expect(mixing.gaussian()).toEqual({ kind: 'gaussian' });
    expect(mixing.gaussian({ mean: [0, 1], std: 3 })).toEqual({ kind: 'gaussian', mean: [0, 1], std: 3 });
    expect(mixing.uniformBox({ low: [-1, -2], high: 4 })).toEqual({ kind: 'uniformBox', low: [-1, -2], high: 4 });
    expect(mixing.mixture({ means: [[0], [4]], std: 2 })).toEqual({ kind: 'mixture', means: [[0], [4]], std: [2], weights: [0.5, 0.5] });
  });

  it.each<readonly [string, () => unknown, string]>([
    ['a negative std', () => mixing.gaussian({ std: -1 }), 'mixing.gaussian: std must be a positive number, not -1.'],
    ['a std of zero in a coordinate', () => mixing.gaussian({ std: [1, 0] }), 'mixing.gaussian: std[1] must be a positive number, not 0.'],
    ['an empty box', () => mixing.uniformBox({ low: [0, 1], high: 1 }), 'mixing.uniformBox: low must be below high in every coordinate.'],
    [
      'corners of different length',
      () => mixing.uniformBox({ low: [0, 1], high: [1, 2, 3] }),
      'mixing.uniformBox: low must be below high in every coordinate.',
    ],
    ['no means', () => mixing.mixture(any({ std: 1 })), 'mixing.mixture: means must be an array of points'],
  ])('refuses %s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('initial parameters', () => {
  const spread = (values: ArrayLike<number>): number =>
    Math.sqrt(Array.from(values).reduce((total, v) => total + v * v, 0) / values.length);

  it('have the spread of their rule', () => {
    const init = createInit(new Random(2));
    expect(spread(init.glorot([300, 100]).dataSync())).toBeCloseTo(Math.sqrt(2 / 400), 2);
    expect(spread(init.he([300, 100]).dataSync())).toBeCloseTo(Math.sqrt(2 / 300), 2);
    expect(spread(init.normal([10_000], 3).dataSync())).toBeCloseTo(3, 1);
    const uniform = init.uniform([10_000], 2, 4).dataSync();
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...uniform)).toBeLessThan(4);
    expect(spread(uniform)).toBeCloseTo(Math.sqrt(9 + 1 / 3), 1);
  });

  it('may be constant', () => {
    const init = createInit(new Random(2));
    expect([...init.zeros([2]).dataSync(), ...init.ones([2]).dataSync(), ...init.constant([2], 7).dataSync()]).toEqual([0, 0, 1, 1, 7, 7]);
    expect(init.constant([2, 2], [1, 2, 3, 4]).arraySync()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(init.constant([], 5).shape).toEqual([]);
    expect(() => init.constant([3], [1])).toThrow('init.constant: shape [3] needs 3 numbers, not 1.');
  });

  it('refuse what is no shape', () => {
    const init = createInit(new Random(2));
    expect(() => init.glorot(any(3))).toThrow('init.glorot takes a shape, such as [2, 64], not 3.');
    expect(() => init.zeros([1e9, 1e9])).toThrow('must be a whole number from 1');
    expect(() => init.uniform([1], 2, 1)).toThrow('low must be below high');
  });
});

describe('mlp', () => {
  it('has rules of He for relu and of Glorot for swish', () => {
    const spreadOf = (activation: 'relu' | 'swish'): number => {
      const { layers } = mlp([300, 100, 1], activation).params(createInit(new Random(1)));
      return tf.sqrt(tf.mean(tf.square(layers[0]!.w))).dataSync()[0]!;
    };
    expect(spreadOf('relu')).toBeCloseTo(Math.sqrt(2 / 300), 2);
    expect(spreadOf('swish')).toBeCloseTo(Math.sqrt(2 / 400), 2);
  });

  it('is linear in its last layer', () => {
    const { params, energy } = mlp([2, 3, 1], 'relu');
    const init = createInit(new Random(1));
    const p = params(init);
    expect(p.layers.map(({ w, b }) => [w.shape, b.shape])).toEqual([
      [[2, 3], [3]],
      [[3, 1], [1]],
    ]);
    const x = tf.tensor2d([
      [1, -1],
      [0.5, 2],
    ]);
    const expected = tf.relu(x.matMul(p.layers[0]!.w)).matMul(p.layers[1]!.w).squeeze([1]).dataSync();
    expect([...energy(x, p).dataSync()]).toEqual([...expected]);
  });

  it.each<readonly [string, () => unknown, string]>([
    ['one size', () => mlp([1]), 'mlp: sizes needs at least the dimension of x and the output'],
    ['a fraction', () => mlp([2, 1.5, 1]), 'mlp: sizes[1] must be a whole number from 1'],
    ['an unknown activation', () => mlp([2, 1], any('swich')), 'mlp: there is no activation "swich"; did you mean "swish"?'],
  ])('refuses %s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('activations', () => {
  it('compute values outside of a trace', () => {
    const x = tf.tensor1d([-2, 0, 1.5]);
    const plain: Readonly<Record<string, (v: number) => number>> = {
      swish: (v) => v / (1 + Math.exp(-v)),
      mish: (v) => v * Math.tanh(Math.log1p(Math.exp(v))),
      leakyRelu: (v) => (v > 0 ? v : 0.2 * v),
      elu: (v) => (v > 0 ? v : Math.expm1(v)),
    };
    for (const [name, f] of Object.entries(plain)) {
      const values = [...activations[name as 'swish'](x).dataSync()];
      values.forEach((value, i) => expect(value).toBeCloseTo(f([-2, 0, 1.5][i]!), 6));
    }
  });
});

describe('defineEnergy', () => {
  it('keeps the types of the parameters', () => {
    const energy = defineEnergy({
      dim: 2,
      params: (init) => ({ w: init.glorot([2, 1]), list: [init.zeros([1])] }),
      energy: (x, p) => tf.squeeze(tf.add(tf.matMul(x, p.w), p.list[0]!), [1]),
    });
    const p = energy.params!(createInit(new Random(1)));
    const w: tf.Tensor2D = p.w;
    expect([w.shape, energy.dim]).toEqual([[2, 1], 2]);
    expect(energy.energy(tf.ones([4, 2]), p).shape).toEqual([4]);
    expect(Object.isFrozen(energy)).toBe(true);
  });
});

describe('rows of samplers', () => {
  it('may come in several forms', () => {
    for (const value of [
      [
        [1, 2],
        [3, 4],
      ],
      Float32Array.of(1, 2, 3, 4),
      Float64Array.of(1, 2, 3, 4),
      [Float32Array.of(1, 2), [3, 4]],
    ]) {
      expect(packRows('f', value, 2, 2)).toEqual(Float64Array.of(1, 2, 3, 4));
    }
  });

  it.each<readonly [unknown, string]>([
    [undefined, 'f must return 2 rows of 2 numbers (an array of rows, a Float32Array or a Float64Array), not undefined.'],
    [new Float32Array(3), 'f must return 2 rows of 2 numbers, which is 4 numbers, but returned 3.'],
    [[[1, 2]], 'f must return 2 rows of 2 numbers, but returned 1 rows.'],
    [[[1, 2], 3], 'f: row 1 must be an array, not 3.'],
    [[[1, 2], [3]], 'f: row 1 must have 2 numbers, not 1.'],
    [
      [
        [1, 2],
        [3, NaN],
      ],
      'f returned NaN in row 1.',
    ],
    [
      [
        [1, 2],
        [3, 'x'],
      ],
      'f returned NaN in row 1.',
    ],
  ])('are refused: %o', (value, message) => {
    expect(() => packRows('f', value, 2, 2)).toThrow(message);
  });
});

describe('nearestName', () => {
  it.each<readonly [string, string | undefined]>([
    ['learningrate', 'learningRate'],
    ['stpes', 'steps'],
    ['lr', undefined],
    ['batchSize', undefined],
    ['sched', 'schedule'],
    ['', undefined],
  ])('of %s is %s', (wrong, near) => {
    expect(nearestName(wrong, ['learningRate', 'steps', 'batch', 'schedule'])).toBe(near);
  });
});
