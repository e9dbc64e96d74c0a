/** Logic, selection, casts, activations. */

import { type Node } from '../graph';
import { unary } from '../ops';
import { uniform, full, as, type Rule } from './rule';

export const andRule: Rule<'logicalAnd'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  const [u, v] = [uniform(a), uniform(b)];
  if (u === 0 || v === 0) return full(a, 0, result);
  if (u === 1) return as(b, result);
  return v === 1 ? as(a, result) : undefined;
};

export const selectRule: Rule<'select'> = ({ inputs, result }) => {
  const condition = uniform(inputs[0]!);
  const chosen = inputs[condition === 0 ? 2 : 1]!;
  return condition === undefined || chosen.dtype !== result.dtype ? undefined : as(chosen, result);
};

export const castRule: Rule<'cast'> = ({ inputs, result }) => (inputs[0]!.dtype === result.dtype ? inputs[0] : undefined);

export const activationRule: Rule<'activation'> = ({ inputs, attrs }) => {
  const x = inputs[0]!;
  const { fn, order } = attrs;
  if (order === 0 && (fn === 'sigmoid' || fn === 'tanh' || fn === 'softplus' || fn === 'relu')) return unary(fn, x);
  if (fn === 'softplus') return x.graph.emit('activation', [x], { fn: 'sigmoid', order: order - 1, alpha: 0 });
  if ((fn === 'relu' || fn === 'leakyRelu') && order > 1) return full(x, 0, { shape: x.shape, dtype: 'float32' });
  return undefined;
};
