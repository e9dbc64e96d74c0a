/** Sums, products, quotients, powers. */

import { broadcastShapes, is, sameShape, sizeOf, type Node } from '../graph';
import { add, broadcastTo, mul, sqrt, square, sub, unary } from '../ops';
import { uniform, full, as, type Rule } from './rule';

export const addRule: Rule<'add'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  if (uniform(a) === 0 && b.dtype === result.dtype) return as(b, result);
  if (uniform(b) === 0 && a.dtype === result.dtype) return as(a, result);
  if (a === b && result.dtype === 'float32') return mul(2, a);
  const [left, right] = [negated(a), negated(b)];
  if (right) return sub(a, right);
  if (left) return sub(b, left);
  return undefined;
};

/** x, where the node is -x. */
function negated(node: Node): Node | undefined {
  if (!is(node, 'mul') || node.dtype !== 'float32') return undefined;
  return uniform(node.inputs[0]!) === -1 && sameShape(node.inputs[1]!.shape, node.shape) ? node.inputs[1] : undefined;
}

export const subRule: Rule<'sub'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  if (uniform(b) === 0 && a.dtype === result.dtype) return as(a, result);
  if (uniform(a) === 0 && result.dtype === 'float32') return as(mul(b, -1), result);
  if (a === b) return full(a, 0, result);
  const right = negated(b);
  return right && add(a, right);
};

/** The order in which factors stand: small before large, constants before others, older before newer. */
function standsBefore(a: Node, b: Node): boolean {
  const [p, q] = [sizeOf(a.shape), sizeOf(b.shape)];
  if (p !== q) return p < q;
  const [u, v] = [uniform(a) !== undefined, uniform(b) !== undefined];
  return u === v ? a.id <= b.id : u;
}

export const mulRule: Rule<'mul'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const [u, v] = [uniform(a), uniform(b)];
  if (u === 0 || v === 0) return full(a, 0, result);
  if (u === 1) return as(b, result);
  if (v === 1) return as(a, result);
  if (!standsBefore(a, b)) return mul(b, a);
  return reorderProduct(a, b) ?? reorderProduct(b, a);
};

/**
 * a (p q) as (a p) q or (a q) p, where that makes the inner product smaller; and where all is of one size but p,
 * as p (a q), so that small factors end outermost and can leave a sum.
 */
function reorderProduct(a: Node, product: Node): Node | undefined {
  if (!is(product, 'mul')) return undefined;
  const [p, q] = product.inputs as readonly [Node, Node];
  const size = sizeOf(product.shape);
  const [ap, aq] = [p, q].map((x) => sizeOf(broadcastShapes(a.shape, x.shape))) as [number, number];
  if (ap < size && ap <= aq) return mul(mul(a, p), q);
  if (aq < size) return mul(mul(a, q), p);
  // Equal shapes, not only equal sizes: then p (a q) meets none of these rules again.
  const alike = sameShape(a.shape, product.shape) && sameShape(q.shape, product.shape);
  return alike && sizeOf(p.shape) < size ? mul(p, mul(a, q)) : undefined;
}

export const divRule: Rule<'div'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  if (result.dtype !== 'float32') return undefined;
  const v = uniform(b);
  if (v === 1) return as(a, result);
  if (v !== undefined && v !== 0) return mul(a, broadcastTo(a.graph.constant(1 / v), b.shape));
  if (uniform(a) === 1) return as(unary('reciprocal', b), result);
  return undefined;
};

export const powRule: Rule<'pow'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  const exponent = uniform(b);
  if (result.dtype !== 'float32' || exponent === undefined || !sameShape(a.shape, result.shape)) return undefined;
  if (exponent === 0) return full(a, 1, result);
  if (exponent === 1) return a;
  if (exponent === 2) return square(a);
  if (exponent === 3) return mul(a, square(a));
  if (exponent === 4) return square(square(a));
  if (exponent === 0.5) return sqrt(a);
  if (exponent === -1) return unary('reciprocal', a);
  if (exponent === -2) return unary('reciprocal', square(a));
  return undefined;
};

export const negRule: Rule<'neg'> = ({ inputs, result }) => (result.dtype === 'float32' ? mul(inputs[0]!, -1) : undefined);
