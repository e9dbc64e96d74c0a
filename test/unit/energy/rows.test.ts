import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeMixing, findRowMixing } from '../../../src/energy/rows';
import { traceAt } from './traceHarness';

const rows = 19;
const matrix = tf.tensor2d([0.3, -1.2, 0.7, 2, -0.4, 0.9, 1.1, -0.6, 0.2, 0.8, -1.5, 0.5], [3, 4]);

function mixingOf(run: (x: tf.Tensor2D) => tf.Tensor): string | undefined {
  const { output, x } = traceAt({ dim: 3, run }, rows);
  const found = findRowMixing(output, x, rows);
  return found && describeMixing(found);
}

describe('row independence', () => {
  it.each<readonly [string, (x: tf.Tensor2D) => tf.Tensor]>([
    ['a network', (x) => tf.sum(tf.tanh(tf.matMul(x, matrix)), 1)],
    ['a network on the transposed rows', (x) => tf.sum(tf.tanh(tf.matMul(matrix, x, true, true)), 0)],
    ['distances to centres', (x) => tf.min(tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), tf.ones([1, 4, 3]))), 2), 1)],
    [
      'coordinates as rows of their own',
      (x) => tf.sum(tf.reshape(tf.tanh(tf.matMul(tf.reshape(x, [-1, 1]), tf.ones([1, 2]))), [-1, 6]), 1),
    ],
    ['batched products', (x) => tf.squeeze(tf.matMul(tf.expandDims(x, 1), tf.expandDims(x, 2)), [1, 2])],
    ['picked columns', (x) => tf.sum(tf.gather(x, tf.tensor1d([2, 0], 'int32'), 1), 1)],
    ['a table looked up by rows', (x) => tf.gather(tf.tensor1d([1, 2, 3]), tf.argMax(x, 1))],
    [
      'padded and cut columns',
      (x) =>
        tf.sum(
          tf.slice(
            tf.pad(x, [
              [0, 0],
              [1, 1],
            ]),
            [0, 1],
            [-1, 2],
          ),
          1,
        ),
    ],
    ['cumulative sums along a row', (x) => tf.max(tf.cumsum(x, 1), 1)],
    ['joined columns', (x) => tf.sum(tf.concat([x, tf.ones([x.shape[0], 2])], 1), 1)],
    ['a constant', (x) => tf.ones([x.shape[0]])],
    ['a double transposition of the batch axis', (x) => tf.sum(tf.transpose(tf.softmax(tf.transpose(tf.transpose(x)))), 0)],
    ['a reversal of rows that is undone', (x) => tf.sum(tf.reverse(tf.reverse(x, 0), 0), 1)],
  ])('holds for %s', (_, run) => {
    expect(mixingOf(run)).toBeUndefined();
  });

  it.each<readonly [string, (x: tf.Tensor2D) => tf.Tensor, string]>([
    ['a mean over the batch', (x) => tf.sum(tf.sub(x, tf.mean(x, 0)), 1), 'a sum or mean over the batch axis'],
    ['a sum of everything', (x) => tf.add(tf.sum(x, 1), tf.sum(x)), 'a sum or mean over the batch axis'],
    ['a maximum over the batch', (x) => tf.sub(tf.sum(x, 1), tf.max(x)), 'a maximum over the batch axis'],
    ['a minimum over the batch', (x) => tf.sub(tf.sum(x, 1), tf.min(x)), 'a minimum over the batch axis'],
    ['pairwise products', (x) => tf.max(tf.matMul(x, x, false, true), 1), 'a matrix product over the batch axis'],
    ['a Gram matrix', (x) => tf.sum(tf.matMul(x, tf.matMul(x, x, true)), 1), 'a matrix product over the batch axis'],
    [
      'differences of all pairs',
      (x) => tf.sum(tf.abs(tf.sub(tf.expandDims(x, 0), tf.expandDims(x, 1))), [1, 2]),
      'tensors of different rows meet in sub',
    ],
    ['a cumulative sum over the batch', (x) => tf.sum(tf.cumsum(x, 0), 1), 'a cumulative sum over the batch axis'],
    [
      'the rows before',
      (x) => tf.sum(tf.concat([tf.zeros([1, 3]), tf.slice(x, [0, 0], [x.shape[0] - 1, 3])], 0), 1),
      'rows are cut off the batch axis',
    ],
    ['the rows in reverse', (x) => tf.sum(tf.reverse(x, 0), 1), 'rows are picked by index'],
    ['a softmax over the batch', (x) => tf.sum(tf.transpose(tf.softmax(tf.transpose(x))), 1), 'a maximum over the batch axis'],
    ['columns read as rows', (x) => tf.sum(tf.reshape(tf.transpose(x), [-1, 3]), 1), 'a sum or mean over the batch axis'],
    ['the first row for all', (x) => tf.add(tf.sum(x, 1), tf.sum(tf.slice(x, [0, 0], [1, 3]))), 'rows are cut off the batch axis'],
    ['an index taken from other rows', (x) => tf.gather(tf.sum(x, 1), tf.argMax(x, 1)), 'rows are picked by index'],
  ])('does not hold for %s', (_, run, message) => {
    expect(mixingOf(run)).toBe(message);
  });
});
