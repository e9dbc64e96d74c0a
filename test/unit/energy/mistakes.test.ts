import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useSandbox } from './sandboxBuild';
import { mistakeIn, writeEnergy } from './workspace';

const paths = useSandbox();

const header = `import * as tf from '@tensorflow/tfjs';
import { activations, data, defineEnergy, mixing, mlp } from 'unblind';
`;

/** An energy file whose energy is an expression of x in line 5, which starts at column 17. */
function energyOf(expression: string): string {
  return `${header}export const e = defineEnergy({
  dim: 2,
  energy: (x) => ${expression},
});
`;
}

interface Mistake {
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  readonly message: string;
  /** line:column */
  readonly at: string;
}

const mistakes: readonly Mistake[] = [
  { title: 'a syntax error', text: `${header}export const e = defineEnergy({\n  dim: 2,,\n});`, reason: 'syntax', message: 'Expected identifier but found ",".', at: '4:10' },
  { title: 'a module that is not there', text: `import './absent';\n${energyOf('x')}`, reason: 'import', message: 'The module "./absent" is not there; check the path.', at: '1:8' },
  { title: 'a package that is not installed', text: `import a from 'left-padding';\nconsole.log(a);\n${energyOf('x')}`, reason: 'import', message: 'The module "left-padding" is not there; install it in the workspace, or check its name.', at: '1:15' },
  { title: 'a module of Node.js', text: `import { readFileSync } from 'fs';\nreadFileSync('a');\n${energyOf('x')}`, reason: 'import', message: '"fs" is a part of Node.js, which an energy file cannot use: it runs without files, network and processes; use data.csv and its like for data.', at: '1:30' },
  { title: 'a module of Node.js by its full name', text: `import 'node:child_process';\n${energyOf('x')}`, reason: 'import', message: '"node:child_process" is a part of Node.js', at: '1:8' },
  { title: 'an unknown export of unblind', text: `import { mpl } from 'unblind';\nmpl();`, reason: 'import', message: 'The module "unblind" has no export "mpl"; did you mean "mlp"?', at: '1:10' },
  { title: 'a package of tfjs that is of no use here', text: `import * as d from '@tensorflow/tfjs-data';\nd.csv('a');`, reason: 'import', message: '"@tensorflow/tfjs-data" cannot be used in an energy file; use @tensorflow/tfjs.', at: '1:20' },
  { title: 'a file without energy', text: 'export const a = 1;', reason: 'no-energy', message: 'The file has no energy; export one: export const name = defineEnergy({ ... }).', at: '1:1' },
  { title: 'an energy that is not exported', text: energyOf('x.sum(1)').replace('export ', ''), reason: 'no-energy', message: 'The energy is defined but not exported; write "export const" before its name.', at: '3:11' },
  { title: 'an exception at the top level', text: `${header}\nconst a = undefined as unknown as { b: number };\nexport const c = a.b;`, reason: 'exception', message: "TypeError: Cannot read properties of undefined (reading 'b')", at: '5:20' },
  { title: 'an exception in the energy', text: energyOf(`{ throw new Error('not today\\nat all'); }`), reason: 'exception', message: 'not today', at: '5:26' },
  { title: 'something else thrown', text: energyOf(`{ throw 'a text'; }`), reason: 'exception', message: 'The code threw "a text".', at: '3:18' },
  { title: 'recursion without end', text: `${header}const f = (n: number): number => f(n + 1) + 1;\nf(0);`, reason: 'exception', message: 'maximum call stack size exceeded', at: '3:34' },
  { title: 'an unknown function of tfjs', text: energyOf('(tf as any).summ(x, 1)'), reason: 'exception', message: 'summ is not a function', at: '5:29' },
  { title: 'wrong shapes in tfjs', text: energyOf('tf.matMul(x, tf.ones([3, 1])).squeeze([1])'), reason: 'shape', message: 'matMul: inner sizes of [n, 2] and [3, 1] differ.', at: '5:21' },
  { title: 'shapes that do not broadcast', text: energyOf('x.add(tf.ones([3])).sum(1)'), reason: 'shape', message: 'do not broadcast', at: '5:20' },
  { title: 'a column', text: energyOf('x.sum(1, true)'), reason: 'shape', message: 'The energy returned shape [n, 1], but it must return one number a row, a tensor of shape [n]; add .squeeze([1]).', at: '5:20' },
  { title: 'a number for the batch', text: energyOf('x.sum()'), reason: 'shape', message: 'The energy returned shape [], but it must return one number a row, a tensor of shape [n]; reduce over axis 1 only, as in tf.sum(e, 1).', at: '5:20' },
  { title: 'x itself', text: energyOf('tf.tanh(x)'), reason: 'shape', message: 'The energy returned shape [n, 2], but', at: '5:21' },
  { title: 'no tensor', text: energyOf('3 as any'), reason: 'shape', message: 'The energy returned 3, but it must return', at: '3:18' },
  { title: 'nothing', text: energyOf('{}'), reason: 'shape', message: 'The energy returned undefined, but', at: '3:18' },
  { title: 'an async energy', text: energyOf('x.sum(1)').replace('(x) =>', 'async (x) =>'), reason: 'shape', message: 'The energy is async, but it must return', at: '3:18' },
  { title: 'an energy of integers', text: energyOf('tf.argMax(x, 1)'), reason: 'shape', message: 'The energy returned a tensor of type int32, but it must be float32; use .toFloat().', at: '5:21' },
  { title: 'reading by dataSync', text: energyOf('x.mul(x.dataSync()[0]).sum(1)'), reason: 'reading', message: 'The energy reads a value of a tensor while it is traced, but the values are not known yet; choose with tf.where instead of if, and stay in tensor operations.', at: '5:26' },
  { title: 'reading by arraySync, caught', text: energyOf('{ try { x.arraySync(); } catch { } return x.sum(1); }'), reason: 'reading', message: 'The energy reads a value', at: '5:28' },
  { title: 'reading by data', text: energyOf('{ void x.sum(1).data(); return x.sum(1); }'), reason: 'reading', message: 'The energy reads a value', at: '5:34' },
  { title: 'printing a tensor', text: energyOf('{ x.print(); return x.sum(1); }'), reason: 'reading', message: 'The energy reads a value', at: '5:22' },
  { title: 'a tensor in JavaScript arithmetic', text: energyOf('tf.sum(x, 1).mul((x as any) * 2)'), reason: 'exception', message: 'A tensor is used with a JavaScript operator such as +, * or <, which works on numbers only; use x.add(y), x.mul(y), x.less(y) and so on.', at: '5:46' },
  { title: 'an operation that cannot be traced', text: energyOf('tf.topk(x, 1).values.sum(1)'), reason: 'unsupported', message: 'The operation TopK is not supported in an energy: sorting cannot be traced; use tf.max, tf.min or tf.logSumExp.', at: '5:21' },
  { title: 'a convolution', text: energyOf('tf.conv1d(x.expandDims(2) as tf.Tensor3D, tf.ones([1, 1, 1]) as tf.Tensor3D, 1, "same").sum([1, 2])'), reason: 'unsupported', message: 'The operation Conv2D is not supported in an energy: convolutions', at: '5:21' },
  { title: "tfjs's gradients", text: energyOf('tf.grad((y: tf.Tensor) => y.square().sum())(x).sum(1)'), reason: 'gradient', message: 'tf.grad and its like cannot be used in an energy: Unblind differentiates the energy by itself, to any order; return the energy only.', at: '5:63' },
  { title: 'a mean over the batch', text: energyOf('tf.sub(x, tf.mean(x, 0)).sum(1)'), reason: 'rows', message: 'The energy of one row depends on other rows: a sum or mean over the batch axis; each row must be computed by itself (reduce over axis 1 instead).', at: '5:31' },
  { title: 'random numbers', text: energyOf('x.add(tf.randomNormal([2])).sum(1)'), reason: 'not-deterministic', message: 'The energy is not deterministic: it draws random numbers here; draw them once, outside of it.', at: '5:29' },
  { title: 'random numbers for each row', text: energyOf('x.add(tf.randomNormal([x.shape[0], 2])).sum(1)'), reason: 'not-deterministic', message: 'it draws random numbers here', at: '5:29' },
  { title: 'Math.random', text: energyOf('x.mul(Math.random()).sum(1)'), reason: 'not-deterministic', message: 'it draws random numbers here', at: '5:29' },
  { title: 'a counter', text: energyOf('x.mul(++count).sum(1)').replace('export', 'let count = 0;\nexport'), reason: 'not-deterministic', message: 'a constant in it differs between two calls (a random number, a counter, or the number of rows)', at: '6:20' },
  { title: 'the number of rows as a number', text: energyOf('x.sum(1).div(x.shape[0])'), reason: 'not-deterministic', message: 'or the number of rows', at: '5:27' },
  { title: 'values of its own for each row', text: energyOf('x.sum(1).add(tf.range(0, x.shape[0]))'), reason: 'not-deterministic', message: 'The energy uses a tensor of shape [n] with values of its own for each row; make it from x, without random numbers.', at: '5:27' },
  { title: 'steps by the number of rows', text: energyOf('x.sum(1).add(tf.stack(Array.from({ length: x.shape[0] }, (_, i) => tf.sum(x.slice([i, 0], [1, 2])))))'), reason: 'not-deterministic', message: 'Two calls of the energy took different steps: it must not depend on the number of rows, on chance, or on what earlier calls did.', at: '5:27' },
  { title: 'new variables in each call', text: energyOf('x.mul(tf.variable(tf.scalar(2))).sum(1)'), reason: 'not-deterministic', message: 'The energy makes a new tf.variable, or new layers, on every call; make them once, outside of it.', at: '3:18' },
  { title: 'parameters that are no tensors', text: `${header}export const e = defineEnergy({\n  dim: 2,\n  params: () => ({ a: [1, 2] as any }),\n  energy: (x, p) => x.sum(1),\n});`, reason: 'params', message: 'The parameter a.0 must be a tensor, not 1; use init.constant.', at: '3:18' },
  { title: 'params without a record', text: `${header}export const e = defineEnergy({\n  dim: 2,\n  params: (() => 3) as any,\n  energy: (x) => x.sum(1),\n});`, reason: 'params', message: 'params must return a record of tensors, not 3.', at: '3:18' },
  { title: 'async params', text: `${header}export const e = defineEnergy({\n  dim: 2,\n  params: (async () => ({})) as any,\n  energy: (x) => x.sum(1),\n});`, reason: 'params', message: 'params must not be async', at: '3:18' },
  { title: 'integer parameters', text: `${header}export const e = defineEnergy({\n  dim: 2,\n  params: () => ({ k: tf.tensor1d([1], 'int32') }),\n  energy: (x, p) => x.sum(1),\n});`, reason: 'params', message: 'The parameter k is of type int32; parameters must be float32.', at: '3:18' },
  { title: 'parameters that are NaN', text: `${header}export const e = defineEnergy({\n  dim: 2,\n  params: () => ({ net: [{ w: tf.tensor1d([1, NaN]) }] }),\n  energy: (x, p) => x.sum(1),\n});`, reason: 'params', message: 'The initial value of the parameter net.0.w contains NaN.', at: '3:18' },
  { title: 'a wrong shape of a parameter', text: `${header}export const e = defineEnergy({\n  dim: 2,\n  params: (init) => ({ w: init.glorot([2, -1]) }),\n  energy: (x, p) => x.sum(1),\n});`, reason: 'argument', message: 'init.glorot: every size of the shape must be a whole number from 1', at: '5:32' },
  { title: 'data of another dimension', text: `${header}export const e = defineEnergy({ dim: 3, ...mlp([3, 8, 1]), data: data.rings() });`, reason: 'dimension', message: 'The data has 2 columns, but dim is 3.', at: '3:18' },
  { title: 'a mixing density of another dimension', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), mixing: mixing.gaussian({ mean: [0, 0, 0] }) });`, reason: 'dimension', message: 'The mean of the mixing density has 3 numbers, but dim is 2.', at: '3:18' },
  { title: 'a mixture of another dimension', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), mixing: mixing.mixture({ means: [[1]], std: 1 }) });`, reason: 'dimension', message: 'The mixing density has 1 column, but dim is 2.', at: '3:18' },
  { title: 'beta of one', text: `${header}\nexport const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), fit: { beta: 1 } });`, reason: 'fit', message: 'fit.beta must be strictly between 0 and 1, not 1.', at: '4:18' },
  { title: 'an unknown setting', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), fit: { learningrate: 1 } as any });`, reason: 'fit', message: 'fit has no setting "learningrate"; did you mean "learningRate"?', at: '3:18' },
  { title: 'an unknown objective', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), fit: { objective: 'fischer' as any } });`, reason: 'fit', message: 'did you mean "fisher"?', at: '3:18' },
  { title: 'an unknown option', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), dat: 1 } as any);`, reason: 'argument', message: 'defineEnergy has no option "dat"; did you mean "data"?', at: '3:18' },
  { title: 'no energy function', text: `${header}export const e = defineEnergy({ dim: 2 } as any);`, reason: 'argument', message: 'defineEnergy: energy must be a function, not undefined.', at: '3:18' },
  { title: 'no dimension', text: `${header}export const e = defineEnergy({ ...mlp([2, 8, 1]) } as any);`, reason: 'argument', message: 'defineEnergy: dim must be a whole number from 1 to 4096, not undefined.', at: '3:18' },
  { title: 'a wrong last size', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8]) });`, reason: 'argument', message: 'mlp: the last size must be 1, because an energy is one number a row, not 8.', at: '3:44' },
  { title: 'a wrong weight', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), data: data.gaussianMixture({ weights: [1] }) });`, reason: 'argument', message: 'data.gaussianMixture: weights must be 4 numbers, one for each part, not 1.', at: '3:71' },
  { title: 'parameters beyond the range of a distribution', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), data: data.moons({ std: -1 }) });`, reason: 'argument', message: 'data.moons: std must be a positive number, not -1', at: '3:71' },
  { title: 'a sampler with short rows', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), data: data.sampler((rng, n) => Array.from({ length: n }, () => [1])) });`, reason: 'argument', message: 'data.sampler: row 0 has 1 numbers, not 2.', at: '3:18' },
  { title: 'a sampler that throws', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), data: data.sampler(() => { throw new Error('empty'); }) });`, reason: 'exception', message: 'empty', at: '3:93' },
  { title: 'a mixing density without sampler', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), mixing: { logDensity: (x: tf.Tensor) => x.sum(1) } as any });`, reason: 'argument', message: 'mixing has a logDensity but no function "sample"', at: '3:18' },
  { title: 'a mixing density of wrong shape', text: `${header}export const e = defineEnergy({ dim: 2, ...mlp([2, 8, 1]), mixing: { sample: (rng, n) => new Float64Array(2 * n), logDensity: (x) => x } });`, reason: 'shape', message: 'The logDensity of the mixing density returned shape [n, 2], but', at: '3:18' },
  { title: 'typed arrays beyond all memory', text: `${header}export const a = new Float64Array(2 ** 33);`, reason: 'memory', message: 'A tensor or an array is larger than the memory that a file may use.', at: '3:18' },
];

describe('mistakes in energy files', () => {
  it.each(mistakes)('$title', async ({ text, reason, message, at }) => {
    const path = await writeEnergy(text);
    const error = await mistakeIn(path, { paths: paths(), samples: 100 });
    expect({ reason: error.reason, at: `${error.position?.line}:${error.position?.column}`, message: error.message }).toEqual({
      reason,
      at,
      message: expect.stringContaining(message) as string,
    });
    expect(error.message).not.toContain('\n');
    expect(basename(error.position?.file ?? '')).toBe('test.energy.ts');
  });

  it('names a file that is not there', async () => {
    const error = await mistakeIn('/no/such.energy.ts', { paths: paths() });
    expect(error).toMatchObject({ reason: 'file', message: 'There is no file /no/such.energy.ts.' });
  });

  it('lists the energies where the name is wrong', async () => {
    const path = await writeEnergy(`${header}export const left = defineEnergy({ dim: 1, ...mlp([1, 1]) });\nexport const right = left;`);
    const error = await mistakeIn(path, { paths: paths(), energy: 'lefft' });
    expect(error).toMatchObject({ reason: 'unknown-energy', message: 'There is no energy "lefft"; the file has left, right; did you mean "left"?' });
  });

  it('stops an endless loop', async () => {
    const path = await writeEnergy(`${header}for (;;) { activations.relu; }`);
    const before = Date.now();
    const error = await mistakeIn(path, { paths: paths(), timeoutMs: 300 });
    expect(error).toMatchObject({ reason: 'timeout', message: 'The file did not finish in 0.3 seconds and was stopped; is there an endless loop?' });
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('stops an endless loop of promises', async () => {
    const path = await writeEnergy(`const spin = (): Promise<void> => Promise.resolve().then(spin);\nvoid spin();\n${energyOf('x.sum(1)')}`);
    expect(await mistakeIn(path, { paths: paths(), timeoutMs: 300 })).toMatchObject({ reason: 'timeout' });
  });

  it('stops a file that fills the heap', async () => {
    const path = await writeEnergy('const all: unknown[] = [];\nfor (;;) all.push({ a: [all.length] });');
    const error = await mistakeIn(path, { paths: paths(), timeoutMs: 20_000, heapMb: 64 });
    expect(error).toMatchObject({ reason: 'memory', message: 'The file needs more memory than it may use (64 MB) and was stopped.' });
  });

  it('stops a file that fills memory with typed arrays', async () => {
    const path = await writeEnergy('const all: Float64Array[] = [];\nfor (;;) all.push(new Float64Array(1 << 20).fill(1));');
    const error = await mistakeIn(path, { paths: paths(), timeoutMs: 20_000, heapMb: 64 });
    expect(error).toMatchObject({ reason: 'memory' });
  });
});
