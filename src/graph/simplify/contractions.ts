/** Sums and matrix products. */

import { is, sameShape, sizeOf, type Node } from '../graph';
import { broadcastTo, matMul, mul, reshape, sum } from '../ops';
import { uniform, full, type Rule } from './rule';

/** Sums over axes of size one are nothing; repeated values are multiplied; factors that do not vary move out. */
export const sumRule: Rule<'sum'> = ({ inputs, attrs, result }) => {
  const x = inputs[0]!;
  const rank = x.shape.length;
  const axes = attrs.axes.filter((axis) => x.shape[axis + rank] !== 1);
  if (axes.length < attrs.axes.length) return sum(x, axes, true);
  if (is(x, 'broadcastTo')) {
    const inner = x.inputs[0]!;
    const lined = reshape(inner, [...Array<number>(rank - inner.shape.length).fill(1), ...inner.shape]);
    const repeated = axes.filter((axis) => lined.shape[axis + rank] === 1);
    const count = repeated.reduce((n, axis) => n * x.shape[axis + rank]!, 1);
    if (repeated.length > 0 && x.dtype === 'float32') {
      const rest = axes.filter((axis) => lined.shape[axis + rank] !== 1);
      return broadcastTo(mul(sum(lined, rest, true), count), result.shape);
    }
  }
  if (is(x, 'mul') && x.dtype === 'float32') {
    for (const [factor, other] of [
      [x.inputs[0]!, x.inputs[1]!],
      [x.inputs[1]!, x.inputs[0]!],
    ] as const) {
      const varies = (y: Node, axis: number): boolean => (y.shape[axis + y.shape.length] ?? 1) !== 1;
      if (axes.every((axis) => !varies(factor, axis) && varies(other, axis)))
        return broadcastTo(mul(factor, sum(other, axes, true)), result.shape);
    }
  }
  return undefined;
};

function isIdentity(node: Node): boolean {
  const [n, m] = node.shape;
  if (!is(node, 'constant') || node.shape.length !== 2 || n !== m) return false;
  return node.attrs.data.every((v, i) => v === (i % (n! + 1) === 0 ? 1 : 0));
}

/** A broadcast matrix without its repetition along all axes but `kept`, which the product contracts. */
function unrepeated(node: Node, kept: -1 | -2): Node {
  if (!is(node, 'broadcastTo')) return node;
  const inner = node.inputs[0]!;
  const rank = node.shape.length;
  const lined = reshape(inner, [...Array<number>(rank - inner.shape.length).fill(1), ...inner.shape]);
  const shape = lined.shape.map((d, i) => (i === rank + kept ? node.shape[i]! : d));
  return sameShape(shape, node.shape) ? node : broadcastTo(lined, shape);
}

/** Rows that are all equal are multiplied once; a product over one term is element-wise. */
export const matMulRule: Rule<'matMul'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  if (uniform(a) === 0 || uniform(b) === 0) return full(a, 0, result);
  if (isIdentity(a) && sameShape(b.shape, result.shape)) return b;
  if (isIdentity(b) && sameShape(a.shape, result.shape)) return a;
  if (a.shape[a.shape.length - 1] === 1) return mul(a, b);
  const [left, right] = [unrepeated(a, -1), unrepeated(b, -2)];
  if (left !== a || right !== b) return broadcastTo(matMul(left, right), result.shape);
  if (is(a, 'mul') && uniform(a.inputs[0]!) !== undefined && sizeOf(a.inputs[0]!.shape) === 1 && sameShape(a.inputs[1]!.shape, a.shape)) {
    return mul(reshape(a.inputs[0]!, []), matMul(a.inputs[1]!, b));
  }
  return undefined;
};
