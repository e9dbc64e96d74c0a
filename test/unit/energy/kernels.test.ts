import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { activations } from '../../../src/energy/unblind';
import { lowerings } from '../../../src/energy/trace/kernels';
import { expectSameAsTfjs } from './traceHarness';

type Run = (x: tf.Tensor2D) => tf.Tensor;

const matrix = tf.tensor2d([0.3, -1.2, 0.7, 2, -0.4, 0.9, 1.1, -0.6, 0.2, 0.8, -1.5, 0.5], [3, 4]);
const row = tf.tensor1d([0.5, -1.5, 2]);
const positive = (x: tf.Tensor): tf.Tensor => tf.add(tf.square(x), 0.3);
/** Values inside (-0.9, 0.9). */
const inside = (x: tf.Tensor): tf.Tensor => tf.mul(tf.tanh(x), 0.9);
const cube = (x: tf.Tensor2D): tf.Tensor3D => tf.reshape(tf.matMul(x, matrix), [x.shape[0], 2, 2]);

/** One case or more for each kernel; x is [n, 3]. */
const cases: readonly (readonly [string, Run])[] = [
  ['abs', (x) => tf.abs(x)],
  ['neg', (x) => tf.neg(x)],
  ['sign', (x) => tf.sign(x)],
  ['exp', (x) => tf.exp(x)],
  ['expm1', (x) => tf.expm1(x)],
  ['log', (x) => tf.log(positive(x))],
  ['log1p', (x) => tf.log1p(positive(x))],
  ['sqrt', (x) => tf.sqrt(positive(x))],
  ['rsqrt', (x) => tf.rsqrt(positive(x))],
  ['reciprocal', (x) => tf.reciprocal(positive(x))],
  ['sin', (x) => tf.sin(x)],
  ['cos', (x) => tf.cos(x)],
  ['tan', (x) => tf.tan(inside(x))],
  ['asin', (x) => tf.asin(inside(x))],
  ['acos', (x) => tf.acos(inside(x))],
  ['atan', (x) => tf.atan(x)],
  ['sinh', (x) => tf.sinh(x)],
  ['cosh', (x) => tf.cosh(x)],
  ['asinh', (x) => tf.asinh(x)],
  ['acosh', (x) => tf.acosh(tf.add(positive(x), 1))],
  ['atanh', (x) => tf.atanh(inside(x))],
  ['erf', (x) => tf.erf(x)],
  ['floor', (x) => tf.floor(tf.mul(x, 3))],
  ['ceil', (x) => tf.ceil(tf.mul(x, 3))],
  ['round', (x) => tf.round(tf.mul(x, 3))],
  ['step', (x) => tf.step(x, 0.25)],
  ['clipByValue', (x) => tf.clipByValue(x, -0.5, 0.7)],
  ['relu6', (x) => tf.relu6(tf.mul(x, 5))],
  ['prelu', (x) => tf.prelu(x, tf.reshape(row, [1, 3]))],
  ['add, broadcast', (x) => tf.add(x, row)],
  ['add of a column', (x) => tf.add(x, tf.sum(x, 1, true))],
  ['addN', (x) => tf.addN([x, tf.square(x), tf.exp(x)])],
  ['sub', (x) => tf.sub(row, x)],
  ['mul', (x) => tf.mul(x, x)],
  ['mul by one', (x) => tf.mul(x, 1)],
  ['div', (x) => tf.div(x, positive(x))],
  ['divNoNan', (x) => tf.divNoNan(x, tf.relu(x))],
  ['floorDiv', (x) => tf.floorDiv(tf.mul(x, 7), row)],
  ['mod', (x) => tf.mod(tf.mul(x, 7), row)],
  ['pow of a tensor', (x) => tf.pow(positive(x), row)],
  ['pow of a number', (x) => tf.pow(x, 3)],
  ['atan2', (x) => tf.atan2(x, tf.reverse(x, 1))],
  ['maximum', (x) => tf.maximum(x, row)],
  ['minimum', (x) => tf.minimum(x, row)],
  ['squaredDifference', (x) => tf.squaredDifference(x, row)],
  ['square', (x) => tf.square(x)],
  ['batchNorm', (x) => tf.batchNorm(x, row, tf.abs(row), row, tf.square(row), 0.01)],
  ['less', (x) => tf.less(x, row)],
  ['lessEqual', (x) => tf.lessEqual(x, row)],
  ['greater', (x) => tf.greater(x, row)],
  ['greaterEqual', (x) => tf.greaterEqual(x, row)],
  ['equal', (x) => tf.equal(tf.round(x), 0)],
  ['notEqual', (x) => tf.notEqual(tf.round(x), 0)],
  ['logicalAnd', (x) => tf.logicalAnd(tf.less(x, 0.5), tf.less(row, x))],
  ['logicalOr', (x) => tf.logicalOr(tf.less(x, 0.5), tf.less(row, x))],
  ['logicalXor', (x) => tf.logicalXor(tf.less(x, 0.5), tf.less(row, x))],
  ['logicalNot', (x) => tf.logicalNot(tf.less(x, 0.5))],
  ['isNaN', (x) => tf.isNaN(tf.log(x))],
  ['isInf', (x) => tf.isInf(tf.div(x, tf.relu(x)))],
  ['isFinite', (x) => tf.isFinite(tf.div(x, tf.relu(x)))],
  ['where', (x) => tf.where(tf.less(x, 0), x, tf.square(x))],
  ['where with numbers', (x) => tf.where(tf.less(x, row), 0.5, x)],
  ['cast to int', (x) => tf.cast(tf.mul(x, 3), 'int32')],
  ['cast to bool', (x) => tf.cast(tf.round(x), 'bool')],
  ['clone', (x) => tf.exp(tf.clone(x))],
  ['arithmetic of booleans', (x) => tf.sum(tf.cast(tf.less(x, 0), 'float32'), 1)],
  ['sum of booleans', (x) => tf.sum(tf.less(x, 0), 1)],
  ['sigmoid', (x) => tf.sigmoid(x)],
  ['tanh', (x) => tf.tanh(x)],
  ['softplus', (x) => tf.softplus(x)],
  ['relu', (x) => tf.relu(x)],
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.3)],
  ['elu', (x) => tf.elu(x)],
  ['selu', (x) => tf.selu(x)],
  ['softmax', (x) => tf.softmax(x)],
  ['logSoftmax', (x) => tf.logSoftmax(x)],
  ['swish by hand', (x) => tf.mul(tf.sigmoid(x), x)],
  ['our swish', (x) => activations.swish(x)],
  ['our gelu', (x) => activations.gelu(x)],
  ['our mish', (x) => activations.mish(x)],
  ['our leakyRelu', (x) => activations.leakyRelu(x, 0.1)],
  ['our relu, elu, selu', (x) => tf.addN([activations.relu(x), activations.elu(x), activations.selu(x)])],
  ['our softplus, tanh, sigmoid', (x) => tf.addN([activations.softplus(x), activations.tanh(x), activations.sigmoid(x)])],
  ['sum', (x) => tf.sum(x, 1)],
  ['sum, kept', (x) => tf.sum(x, -1, true)],
  ['sum of all', (x) => tf.sum(x)],
  ['mean', (x) => tf.mean(x, 1)],
  ['mean of two axes', (x) => tf.mean(cube(x), [1, 2])],
  ['max', (x) => tf.max(x, 1)],
  ['min', (x) => tf.min(x, 1, true)],
  ['prod of three', (x) => tf.prod(x, 1)],
  ['prod of seven, kept', (x) => tf.prod(tf.concat([x, x, tf.sum(x, 1, true)], 1), 1, true)],
  ['prod along a middle axis', (x) => tf.prod(cube(x), 1)],
  ['all', (x) => tf.all(tf.less(x, 0.5), 1)],
  ['any', (x) => tf.any(tf.less(x, -0.5), 1)],
  ['argMax', (x) => tf.argMax(x, 1)],
  ['argMin', (x) => tf.argMin(x, 1)],
  ['logSumExp', (x) => tf.logSumExp(x, 1)],
  ['logSumExp, kept', (x) => tf.logSumExp(x, 1, true)],
  ['norm', (x) => tf.norm(x, 2, 1)],
  ['moments', (x) => tf.moments(x, 1).variance],
  ['cumsum', (x) => tf.cumsum(x, 1)],
  ['cumsum, exclusive and reverse', (x) => tf.cumsum(x, 1, true, true)],
  ['cumprod', (x) => tf.cumprod(x, 1)],
  ['cumprod, exclusive', (x) => tf.cumprod(x, 1, true)],
  ['cumprod, reverse', (x) => tf.cumprod(x, 1, false, true)],
  ['cumprod, exclusive and reverse', (x) => tf.cumprod(x, 1, true, true)],
  ['cumprod of one column', (x) => tf.cumprod(tf.sum(x, 1, true), 1, true)],
  ['reshape', (x) => tf.reshape(x, [-1, 3, 1])],
  ['expandDims', (x) => tf.expandDims(x, 1)],
  ['expandDims from the right', (x) => tf.expandDims(x, -1)],
  ['squeeze', (x) => tf.squeeze(tf.expandDims(x, 1), [1])],
  ['flatten', (x) => x.flatten()],
  ['transpose', (x) => tf.transpose(x)],
  ['transpose of three axes', (x) => tf.transpose(cube(x), [0, 2, 1])],
  ['slice', (x) => tf.slice(x, [0, 1], [-1, 2])],
  ['slice of rows', (x) => tf.slice(x, [0, 0], [1, -1])],
  ['stridedSlice', (x) => tf.stridedSlice(tf.matMul(x, matrix), [0, 3], [x.shape[0], 0], [1, -2])],
  ['stridedSlice with masks', (x) => tf.stridedSlice(tf.matMul(x, matrix), [0, 1], [0, 2], [1, 1], 1, 1, 0, 0, 2)],
  ['concat', (x) => tf.concat([x, tf.square(x), tf.zerosLike(x)], 1)],
  ['concat of one', (x) => tf.concat([tf.exp(x)], 1)],
  ['stack', (x) => tf.stack([x, tf.exp(x)], 1)],
  ['stack at the end', (x) => tf.stack([x, tf.exp(x)], -1)],
  ['unstack', (x) => tf.mul(tf.unstack(x, 1)[2]!, tf.unstack(x, 1)[0]!)],
  ['split', (x) => tf.split(tf.matMul(x, matrix), 2, 1)[1]!],
  ['split by sizes', (x) => tf.split(x, [1, 2], 1)[1]!],
  ['tile', (x) => tf.tile(x, [1, 3])],
  ['tile of a column', (x) => tf.tile(tf.sum(x, 1, true), [1, 4])],
  ['broadcastTo', (x) => tf.broadcastTo(tf.sum(x, 1, true), [x.shape[0], 5])],
  [
    'pad',
    (x) =>
      tf.pad(
        x,
        [
          [0, 0],
          [1, 2],
        ],
        0.5,
      ),
  ],
  [
    'mirrorPad, reflect',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [1, 2],
        ],
        'reflect',
      ),
  ],
  [
    'mirrorPad, symmetric',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [2, 1],
        ],
        'symmetric',
      ),
  ],
  ['diag', (x) => tf.diag(tf.reshape(tf.slice(x, [0, 0], [1, -1]), [3]))],
  ['gather', (x) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1)],
  [
    'gather by a matrix of indices',
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [2, 0],
            [1, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
      ),
  ],
  ['gather by a computed index', (x) => tf.gather(row, tf.argMax(x, 1))],
  ['gatherND', (x) => tf.gatherND(tf.transpose(x), tf.tensor2d([[2], [0]], [2, 1], 'int32'))],
  ['oneHot', (x) => tf.oneHot(tf.argMax(x, 1), 4, 2, -1)],
  ['oneHot of floats', (x) => tf.oneHot(tf.cast(tf.argMax(x, 1), 'int32'), 3, 1, 0, 'float32')],
  ['reverse', (x) => tf.reverse(x, 1)],
  ['reverse of two axes', (x) => tf.reverse(cube(x), [1, 2])],
  ['matMul', (x) => tf.matMul(x, matrix)],
  ['matMul, second transposed', (x) => tf.matMul(x, tf.transpose(matrix), false, true)],
  ['matMul, first transposed', (x) => tf.matMul(tf.transpose(x), matrix, true, false)],
  ['matMul with batch axes', (x) => tf.matMul(cube(x), cube(x), false, true)],
  ['matMul, batch and matrix', (x) => tf.matMul(tf.expandDims(x, 1), tf.tile(tf.expandDims(matrix, 0), [x.shape[0], 1, 1]))],
  ['dot', (x) => tf.dot(x, row)],
  ['fused matMul', (x) => tf.fused.matMul({ a: x, b: matrix, bias: tf.tensor1d([1, 2, 3, 4]), activation: 'relu' })],
  ['fused matMul, elu', (x) => tf.fused.matMul({ a: x, b: matrix, activation: 'elu' })],
  ['fused matMul, relu6', (x) => tf.fused.matMul({ a: tf.mul(x, 5), b: matrix, activation: 'relu6' })],
  ['fused matMul, sigmoid', (x) => tf.fused.matMul({ a: x, b: matrix, activation: 'sigmoid' })],
  ['fused matMul, leakyrelu', (x) => tf.fused.matMul({ a: x, b: matrix, activation: 'leakyrelu', leakyreluAlpha: 0.4 })],
  [
    'fused matMul, prelu',
    (x) => tf.fused.matMul({ a: x, b: matrix, activation: 'prelu', preluActivationWeights: tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]) }),
  ],
  ['einsum', (x) => tf.einsum('ni,ij->nj', x, matrix)],
  ['ones by shape', (x) => tf.add(x, tf.ones([x.shape[0], 1]))],
  ['onesLike', (x) => tf.sub(x, tf.onesLike(x))],
  ['a repeated row', (x) => tf.mul(x, tf.tile(tf.expandDims(row, 0), [x.shape[0], 1]))],
  [
    'a mixture of Gaussians',
    (x) => {
      const centres = tf.tensor3d([1, 1, 0, -1, -1, 0], [1, 2, 3]);
      return tf.neg(tf.logSumExp(tf.mul(tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), centres)), 2), -0.5), 1));
    },
  ],
];

describe('lowering of tfjs kernels', () => {
  const seen = new Set<string>();

  it.each(cases)('%s', (_, run) => {
    for (const kernel of expectSameAsTfjs({ dim: 3, run })) seen.add(kernel);
  });

  it('covers every kernel of the table', () => {
    expect(Object.keys(lowerings).filter((kernel) => !seen.has(kernel))).toEqual([]);
  });
});
