/** Compositions of tfjs that are worth recognising: with simpler derivatives, or one node instead of several. */

import { is, type Node, sameShape } from '../../graph/graph';
import { activation, add, div, exp, log, mul, reshape, sub, sum, unary } from '../../graph/ops';

function withoutReshape(node: Node): Node {
  return is(node, 'reshape') ? withoutReshape(node.inputs[0]!) : node;
}

interface ShiftedExponentials {
  readonly x: Node;
  /** The largest element of x along the axes, which keeps the exponentials from overflowing. */
  readonly largest: Node;
  readonly axes: readonly number[];
}

/** log(sum(exp(x - max(x)))), as tfjs composes it. */
function shiftedLogSum(node: Node): ShiftedExponentials | undefined {
  if (!is(node, 'log')) return undefined;
  const total = withoutReshape(node.inputs[0]!);
  if (!is(total, 'sum')) return undefined;
  const exponential = total.inputs[0]!;
  const difference = exponential.inputs[0];
  if (!is(exponential, 'exp') || difference?.op !== 'sub') return undefined;
  const [x, largest] = difference.inputs as readonly [Node, Node];
  if (!is(largest, 'reduceMax') || largest.inputs[0] !== x) return undefined;
  return { x, largest, axes: total.attrs.axes };
}

/**
 * max(x) + log(sum(exp(x - max(x)))) with a largest element that has no derivative: it does not change the value, and
 * without it derivatives of every order are those of the plain formula.
 */
export function frozenLogSumExp(a: Node, b: Node): Node | undefined {
  for (const [shift, logarithm] of [
    [a, b],
    [b, a],
  ] as const) {
    const found = shiftedLogSum(logarithm);
    if (withoutReshape(shift) !== found?.largest || !sameShape(shift.shape, logarithm.shape)) continue;
    const frozen = unary('stopGradient', found.largest);
    const total = sum(exp(sub(found.x, frozen)), found.axes, true);
    return add(reshape(frozen, logarithm.shape), log(reshape(total, logarithm.shape)));
  }
  return undefined;
}

/** (x - max(x)) - log(sum(exp(x - max(x)))), likewise. */
export function frozenLogSoftmax(a: Node, b: Node): Node | undefined {
  const found = shiftedLogSum(b);
  if (!found || !is(a, 'sub') || a.inputs[0] !== found.x || a.inputs[1] !== found.largest) return undefined;
  const shifted = sub(found.x, unary('stopGradient', found.largest));
  const total = sum(exp(shifted), found.axes, true);
  return sub(shifted, log(reshape(total, b.shape)));
}

function isOne(node: Node): boolean {
  return is(node, 'constant') && node.shape.length === 0 && node.attrs.data[0] === 1;
}

/** x sigmoid(x) is swish; a factor of one is nothing. */
export function productPattern(a: Node, b: Node): Node | undefined {
  for (const [x, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (isOne(other) && x.dtype === other.dtype) return x;
    if (is(other, 'activation') && other.attrs.fn === 'sigmoid' && other.attrs.order === 0 && other.inputs[0] === x)
      return activation('swish', x);
  }
  return undefined;
}

/** softmax over the last axis, with a largest element that has no derivative. */
export function softmax(x: Node): Node {
  const largest = unary('stopGradient', x.graph.emit('reduceMax', [x], { axes: [-1] }));
  const e = exp(sub(x, largest));
  return div(e, sum(e, -1, true));
}

/** x tanh(softplus(x)). */
export function mish(x: Node): Node {
  return mul(x, activation('tanh', activation('softplus', x)));
}
