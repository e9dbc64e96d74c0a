import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Node, reachable } from '../../../src/graph/graph';
import { traceAt } from './traceHarness';

function nodesOf(run: (x: tf.Tensor2D) => tf.Tensor): Node[] {
  return reachable([traceAt({ dim: 3, run }, 19).output]);
}

describe('compositions of tfjs', () => {
  it.each<readonly [string, (x: tf.Tensor2D) => tf.Tensor]>([
    ['logSumExp', (x) => tf.logSumExp(x, 1)],
    ['logSumExp of all', (x) => tf.logSumExp(x)],
    ['logSumExp, kept', (x) => tf.logSumExp(x, 1, true)],
    ['logSoftmax', (x) => tf.logSoftmax(x)],
    ['softmax', (x) => tf.softmax(x)],
  ])('%s has a largest element without derivative', (_, run) => {
    const nodes = nodesOf(run);
    const largest = nodes.filter(({ op }) => op === 'reduceMax');
    expect(largest).toHaveLength(1);
    expect(nodes.filter(({ inputs }) => inputs.includes(largest[0]!)).map(({ op }) => op)).toEqual(['stopGradient']);
  });

  it('a maximum of the user keeps its derivative', () => {
    const nodes = nodesOf((x) => tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, tf.max(x, 1, true))), 1)), tf.min(x, 1)));
    expect(nodes.map(({ op }) => op)).not.toContain('stopGradient');
  });

  it.each<readonly [string, (x: tf.Tensor2D) => tf.Tensor, string[]]>([
    ['x sigmoid(x)', (x) => tf.mul(x, tf.sigmoid(x)), ['activation']],
    ['sigmoid(x) x, with a factor of one', (x) => tf.mul(tf.sigmoid(tf.mul(x, 1)), x), ['activation']],
    ['the sigmoid of something else', (x) => tf.mul(x, tf.sigmoid(tf.square(x))), ['mul', 'activation', 'mul']],
  ])('%s becomes %o', (_, run, ops) => {
    const nodes = nodesOf(run).filter(({ op }) => op !== 'input');
    expect(nodes.map(({ op }) => op)).toEqual(ops);
    const [fn] = nodes.flatMap(({ op, attrs }) => (op === 'activation' ? [(attrs as { fn: string }).fn] : []));
    expect(fn).toBe(ops.length === 1 ? 'swish' : 'sigmoid');
  });
});
