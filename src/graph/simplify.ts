/**
 * Algebra that is applied when a node is made. Every rule gives a node of the same shape and dtype that costs no more.
 * Broadcasts move outwards, so that what is equal in all rows is computed once; factors that are small or constant move
 * out of products and sums; moves of values that undo each other vanish.
 */

import {
  broadcastShapes,
  type DType,
  type Graph,
  is,
  type Node,
  type PrimitiveAttrs,
  type PrimitiveName,
  sameShape,
  type Shape,
  sizeOf,
} from './graph';
import { add, broadcastTo, concat, matMul, mul, reshape, slice, sqrt, square, sub, sum, transpose, unary } from './ops';
import { fullPermutation } from './primitives/shapes';

interface Result {
  readonly shape: Shape;
  readonly dtype: DType;
}

interface Application<P extends PrimitiveName = PrimitiveName> {
  readonly graph: Graph;
  readonly op: P;
  readonly inputs: readonly Node[];
  readonly attrs: PrimitiveAttrs[P];
  readonly result: Result;
}

type Rule<P extends PrimitiveName = PrimitiveName> = (application: Application<P>) => Node | undefined;

/** The value of a constant that is one repeated number. */
function uniform(node: Node): number | undefined {
  if (is(node, 'broadcastTo')) return uniform(node.inputs[0]!);
  if (!is(node, 'constant')) return undefined;
  const { data } = node.attrs;
  const first = data[0];
  return first !== undefined && data.every((v) => v === first) ? first : undefined;
}

const elementwise = new Set<PrimitiveName>(
  (
    'neg abs sign exp expm1 log log1p sqrt reciprocal sin cos tan asin acos atan sinh cosh asinh acosh atanh erf floor ceil round ' +
    'sigmoid tanh softplus relu logicalNot stopGradient activation cast add sub mul div pow maximum minimum less lessEqual equal ' +
    'logicalAnd logicalOr select'
  ).split(' ') as PrimitiveName[],
);

function source(node: Node): Node {
  return is(node, 'broadcastTo') ? node.inputs[0]! : node;
}

/** f(broadcast(a), b) = broadcast(f(a, b)). */
const broadcastOutwards: Rule = ({ graph, op, inputs, attrs, result }) => {
  if (!elementwise.has(op) || !inputs.some((x) => is(x, 'broadcastTo'))) return undefined;
  return broadcastTo(graph.emit(op, inputs.map(source), attrs), result.shape);
};

function full(node: Node, value: number, result: Result): Node {
  return broadcastTo(node.graph.constant(value, [], result.dtype), result.shape);
}

/** A node as the operation's result where an operand drops out. */
function as(node: Node, result: Result): Node {
  return broadcastTo(node, result.shape);
}

const addRule: Rule<'add'> = ({ inputs, result }) => {
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

const subRule: Rule<'sub'> = ({ inputs, result }) => {
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

const mulRule: Rule<'mul'> = ({ inputs, result }) => {
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

const divRule: Rule<'div'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  if (result.dtype !== 'float32') return undefined;
  const v = uniform(b);
  if (v === 1) return as(a, result);
  if (v !== undefined && v !== 0) return mul(a, broadcastTo(a.graph.constant(1 / v), b.shape));
  if (uniform(a) === 1) return as(unary('reciprocal', b), result);
  return undefined;
};

const powRule: Rule<'pow'> = ({ inputs, result }) => {
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

const negRule: Rule<'neg'> = ({ inputs, result }) => (result.dtype === 'float32' ? mul(inputs[0]!, -1) : undefined);

const andRule: Rule<'logicalAnd'> = ({ inputs, result }) => {
  const [a, b] = inputs as readonly [Node, Node];
  const [u, v] = [uniform(a), uniform(b)];
  if (u === 0 || v === 0) return full(a, 0, result);
  if (u === 1) return as(b, result);
  return v === 1 ? as(a, result) : undefined;
};

const selectRule: Rule<'select'> = ({ inputs, result }) => {
  const condition = uniform(inputs[0]!);
  const chosen = inputs[condition === 0 ? 2 : 1]!;
  return condition === undefined || chosen.dtype !== result.dtype ? undefined : as(chosen, result);
};

const castRule: Rule<'cast'> = ({ inputs, result }) => (inputs[0]!.dtype === result.dtype ? inputs[0] : undefined);

const activationRule: Rule<'activation'> = ({ inputs, attrs }) => {
  const x = inputs[0]!;
  const { fn, order } = attrs;
  if (order === 0 && (fn === 'sigmoid' || fn === 'tanh' || fn === 'softplus' || fn === 'relu')) return unary(fn, x);
  if (fn === 'softplus') return x.graph.emit('activation', [x], { fn: 'sigmoid', order: order - 1, alpha: 0 });
  if ((fn === 'relu' || fn === 'leakyRelu') && order > 1) return full(x, 0, { shape: x.shape, dtype: 'float32' });
  return undefined;
};

const reshapeRule: Rule<'reshape'> = ({ inputs, result }) => {
  const x = inputs[0]!;
  if (sameShape(x.shape, result.shape)) return x;
  if (is(x, 'reshape')) return reshape(x.inputs[0]!, result.shape);
  const value = is(x, 'broadcastTo') ? uniform(x) : undefined;
  return value === undefined ? undefined : full(x, value, result);
};

const transposeRule: Rule<'transpose'> = ({ inputs, attrs }) => {
  const x = inputs[0]!;
  const rank = x.shape.length;
  const perm = fullPermutation(attrs.perm, rank);
  if (perm.every((axis, i) => axis === i)) return x;
  if (is(x, 'transpose')) {
    const inner = fullPermutation(x.attrs.perm, rank);
    return transpose(
      x.inputs[0]!,
      perm.map((axis) => inner[axis]!),
    );
  }
  // Only axes of size one change places relative to the others: the order in memory stays.
  const moved = perm.filter((axis) => x.shape[axis] !== 1);
  if (moved.every((axis, i) => i === 0 || axis > moved[i - 1]!))
    return reshape(
      x,
      perm.map((axis) => x.shape[axis]!),
    );
  return undefined;
};

const broadcastRule: Rule<'broadcastTo'> = ({ inputs, result }) => {
  const x = inputs[0]!;
  if (sameShape(x.shape, result.shape)) return x;
  if (is(x, 'broadcastTo')) return broadcastTo(x.inputs[0]!, result.shape);
  if (sizeOf(x.shape) === 1 && x.shape.length > 0) return broadcastTo(reshape(x, []), result.shape);
  return undefined;
};

const sliceRule: Rule<'slice'> = ({ inputs, attrs, result }) => {
  const x = inputs[0]!;
  if (sameShape(x.shape, result.shape)) return x;
  const { begin, size } = attrs;
  if (is(x, 'slice') && x.attrs.begin.length === begin.length) {
    return slice(
      x.inputs[0]!,
      begin.map((b, i) => b + x.attrs.begin[i]!),
      size,
    );
  }
  if (is(x, 'concat')) {
    const { axis } = x.attrs;
    const at = axis + begin.length;
    if (at < 0) return undefined;
    let start = 0;
    for (const part of x.inputs) {
      const length = part.shape[part.shape.length + axis]!;
      if (begin[at]! >= start && begin[at]! + size[at]! <= start + length) {
        return slice(
          part,
          begin.map((b, i) => (i === at ? b - start : b)),
          size,
        );
      }
      start += length;
    }
  }
  const value = is(x, 'broadcastTo') ? uniform(x) : undefined;
  return value === undefined ? undefined : full(x, value, result);
};

const concatRule: Rule<'concat'> = ({ inputs, attrs, result }) => {
  if (inputs.length === 1) return inputs[0];
  const kept = inputs.filter((x) => x.shape[x.shape.length + attrs.axis] !== 0);
  if (kept.length < inputs.length && kept.length > 0) return concat(kept, attrs.axis);
  const value = uniform(inputs[0]!);
  return value !== undefined && inputs.every((x) => uniform(x) === value) ? full(inputs[0]!, value, result) : undefined;
};

/** Sums over axes of size one are nothing; repeated values are multiplied; factors that do not vary move out. */
const sumRule: Rule<'sum'> = ({ inputs, attrs, result }) => {
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
const matMulRule: Rule<'matMul'> = ({ inputs, result }) => {
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

const rulesByPrimitive: { readonly [P in PrimitiveName]?: Rule<P> } = {
  add: addRule,
  sub: subRule,
  mul: mulRule,
  div: divRule,
  pow: powRule,
  neg: negRule,
  logicalAnd: andRule,
  select: selectRule,
  cast: castRule,
  activation: activationRule,
  reshape: reshapeRule,
  transpose: transposeRule,
  broadcastTo: broadcastRule,
  slice: sliceRule,
  concat: concatRule,
  sum: sumRule,
  matMul: matMulRule,
};

/** A cheaper equal of op(inputs), or undefined. */
export function simplify(graph: Graph, op: PrimitiveName, inputs: readonly Node[], attrs: object, result: Result): Node | undefined {
  const application: Application = { graph, op, inputs, attrs, result };
  const own = rulesByPrimitive[op] as Rule | undefined;
  return broadcastOutwards(application) ?? own?.(application);
}
