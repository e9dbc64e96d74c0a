/** Mistakes in the energy function. */

import { energyOf, type Mistake } from './mistake';

export const mistakesOfEnergies: readonly Mistake[] = [
  {
    title: 'wrong shapes in tfjs',
    text: energyOf('tf.matMul(x, tf.ones([3, 1])).squeeze([1])'),
    reason: 'shape',
    message: 'matMul: inner sizes of [n, 2] and [3, 1] differ.',
    at: '5:21',
  },
  {
    title: 'shapes that do not broadcast',
    text: energyOf('x.add(tf.ones([3])).sum(1)'),
    reason: 'shape',
    message: 'do not broadcast',
    at: '5:20',
  },
  {
    title: 'a column',
    text: energyOf('x.sum(1, true)'),
    reason: 'shape',
    message: 'The energy returned shape [n, 1], but it must return one number a row, a tensor of shape [n]; add .squeeze([1]).',
    at: '5:20',
  },
  {
    title: 'a number for the batch',
    text: energyOf('x.sum()'),
    reason: 'shape',
    message:
      'The energy returned shape [], but it must return one number a row, a tensor of shape [n]; reduce over axis 1 only, as in tf.sum(e, 1).',
    at: '5:20',
  },
  { title: 'x itself', text: energyOf('tf.tanh(x)'), reason: 'shape', message: 'The energy returned shape [n, 2], but', at: '5:21' },
  { title: 'no tensor', text: energyOf('3 as any'), reason: 'shape', message: 'The energy returned 3, but it must return', at: '3:18' },
  { title: 'nothing', text: energyOf('{}'), reason: 'shape', message: 'The energy returned undefined, but', at: '3:18' },
  {
    title: 'an async energy',
    text: energyOf('x.sum(1)').replace('(x) =>', 'async (x) =>'),
    reason: 'shape',
    message: 'The energy is async, but it must return',
    at: '3:18',
  },
  {
    title: 'an energy of integers',
    text: energyOf('tf.argMax(x, 1)'),
    reason: 'shape',
    message: 'The energy returned a tensor of type int32, but it must be float32; use .toFloat().',
    at: '5:21',
  },
  {
    title: 'reading by dataSync',
    text: energyOf('x.mul(x.dataSync()[0]).sum(1)'),
    reason: 'reading',
    message:
      'The energy reads a value of a tensor while it is traced, but the values are not known yet; choose with tf.where instead of if, and stay in tensor operations.',
    at: '5:26',
  },
  {
    title: 'reading by arraySync, caught',
    text: energyOf('{ try { x.arraySync(); } catch { } return x.sum(1); }'),
    reason: 'reading',
    message: 'The energy reads a value',
    at: '5:28',
  },
  {
    title: 'reading by data',
    text: energyOf('{ void x.sum(1).data(); return x.sum(1); }'),
    reason: 'reading',
    message: 'The energy reads a value',
    at: '5:34',
  },
  {
    title: 'printing a tensor',
    text: energyOf('{ x.print(); return x.sum(1); }'),
    reason: 'reading',
    message: 'The energy reads a value',
    at: '5:22',
  },
  {
    title: 'a tensor in JavaScript arithmetic',
    text: energyOf('tf.sum(x, 1).mul((x as any) * 2)'),
    reason: 'exception',
    message:
      'A tensor is used with a JavaScript operator such as +, * or <, which works on numbers only; use x.add(y), x.mul(y), x.less(y) and so on.',
    at: '5:36',
  },
  {
    title: 'an operation that cannot be traced',
    text: energyOf('tf.topk(x, 1).values.sum(1)'),
    reason: 'unsupported',
    message: 'The operation TopK is not supported in an energy: sorting cannot be traced; use tf.max, tf.min or tf.logSumExp.',
    at: '5:21',
  },
  {
    title: 'a convolution',
    text: energyOf('tf.conv1d(x.expandDims(2) as tf.Tensor3D, tf.ones([1, 1, 1]) as tf.Tensor3D, 1, "same").sum([1, 2])'),
    reason: 'unsupported',
    message: 'The operation Conv2D is not supported in an energy: convolutions',
    at: '5:21',
  },
  {
    title: "tfjs's gradients",
    text: energyOf('tf.grad((y: tf.Tensor) => y.square().sum())(x).sum(1)'),
    reason: 'gradient',
    message:
      'tf.grad and its like cannot be used in an energy: Unblind differentiates the energy by itself, to any order; return the energy only.',
    at: '5:60',
  },
  {
    title: 'a mean over the batch',
    text: energyOf('tf.sub(x, tf.mean(x, 0)).sum(1)'),
    reason: 'rows',
    message:
      'The energy of one row depends on other rows: a sum or mean over the batch axis; each row must be computed by itself (reduce over axis 1 instead).',
    at: '5:31',
  },
  {
    title: 'random numbers',
    text: energyOf('x.add(tf.randomNormal([2])).sum(1)'),
    reason: 'not-deterministic',
    message: 'The energy is not deterministic: it draws random numbers here; draw them once, outside of it.',
    at: '5:27',
  },
  {
    title: 'random numbers for each row',
    text: energyOf('x.add(tf.randomNormal([x.shape[0], 2])).sum(1)'),
    reason: 'not-deterministic',
    message: 'it draws random numbers here',
    at: '5:27',
  },
  {
    title: 'Math.random',
    text: energyOf('x.mul(Math.random()).sum(1)'),
    reason: 'not-deterministic',
    message: 'it draws random numbers here',
    at: '5:29',
  },
  {
    title: 'a counter',
    text: energyOf('x.mul(++count).sum(1)').replace('export', 'let count = 1;\nexport'),
    reason: 'not-deterministic',
    message: 'a constant in it differs between two calls (a random number, a counter, or the number of rows)',
    at: '6:20',
  },
  {
    title: 'the number of rows as a number',
    text: energyOf('x.sum(1).div(x.shape[0])'),
    reason: 'not-deterministic',
    message: 'or the number of rows',
    at: '5:27',
  },
  {
    title: 'values of its own for each row',
    text: energyOf('x.sum(1).add(tf.range(0, x.shape[0]))'),
    reason: 'not-deterministic',
    message: 'The energy uses a tensor of shape [n] with values of its own for each row; make it from x, without random numbers.',
    at: '5:27',
  },
  {
    title: 'steps by the number of rows',
    text: energyOf('x.sum(1).add(tf.stack(Array.from({ length: x.shape[0] }, (_, i) => tf.sum(x.slice([i, 0], [1, 2])))))'),
    reason: 'not-deterministic',
    message:
      'Two calls of the energy took different steps: it must not depend on the number of rows, on chance, or on what earlier calls did.',
    at: '5:34',
  },
  {
    title: 'new variables in each call',
    text: energyOf('x.mul(tf.variable(tf.scalar(2))).sum(1)'),
    reason: 'not-deterministic',
    message: 'The energy makes a new tf.variable, or new layers, on every call; make them once, outside of it.',
    at: '3:18',
  },
];
