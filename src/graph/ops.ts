/** Constructors for graph nodes: one short function per primitive, and the few compositions that rules share. */

import {
  type ActivationFunction,
  type BinaryFunction,
  type DType,
  GraphError,
  type Node,
  type Shape,
  sameShape,
  sizeOf,
  type UnaryFunction,
} from './graph';

/** A node, or a number that becomes a scalar constant. */
export type Operand = Node | number;

function operands(a: Operand, b: Operand): [Node, Node] {
  if (typeof a !== 'number') return [a, typeof b === 'number' ? a.graph.constant(b) : b];
  if (typeof b !== 'number') return [b.graph.constant(a), b];
  throw new GraphError('at least one operand must be a node');
}

function apply(op: BinaryFunction, a: Operand, b: Operand): Node {
  const [x, y] = operands(a, b);
  return x.graph.emit(op, [x, y], {});
}

/** Element-wise function of one argument. */
export function unary(op: UnaryFunction, x: Node): Node {
  return x.graph.emit(op, [x], {});
}

/** Element-wise function of two arguments, broadcast by NumPy's rules. */
export function binary(op: BinaryFunction, a: Operand, b: Operand): Node {
  return apply(op, a, b);
}

export const add = (a: Operand, b: Operand): Node => apply('add', a, b);
export const sub = (a: Operand, b: Operand): Node => apply('sub', a, b);
export const mul = (a: Operand, b: Operand): Node => apply('mul', a, b);
export const div = (a: Operand, b: Operand): Node => apply('div', a, b);
export const pow = (a: Operand, b: Operand): Node => apply('pow', a, b);
export const maximum = (a: Operand, b: Operand): Node => apply('maximum', a, b);
export const minimum = (a: Operand, b: Operand): Node => apply('minimum', a, b);
export const less = (a: Operand, b: Operand): Node => apply('less', a, b);
export const lessEqual = (a: Operand, b: Operand): Node => apply('lessEqual', a, b);
export const equal = (a: Operand, b: Operand): Node => apply('equal', a, b);
export const logicalAnd = (a: Operand, b: Operand): Node => apply('logicalAnd', a, b);
export const logicalOr = (a: Operand, b: Operand): Node => apply('logicalOr', a, b);
export const logicalNot = (x: Node): Node => unary('logicalNot', x);
export const neg = (x: Node): Node => unary('neg', x);
export const exp = (x: Node): Node => unary('exp', x);
export const log = (x: Node): Node => unary('log', x);
export const sqrt = (x: Node): Node => unary('sqrt', x);
export const square = (x: Node): Node => mul(x, x);
export const reciprocal = (x: Node): Node => unary('reciprocal', x);

/** Angle of the point (x, y), in (-pi, pi], by atan of the smaller over the larger coordinate. */
export function atan2(y: Node, x: Node): Node {
  const steep = less(unary('abs', x), unary('abs', y));
  const ratio = div(select(steep, x, y), select(steep, y, select(equal(x, 0), 1, x)));
  const angle = unary('atan', ratio);
  const negative = less(y, 0);
  const upright = sub(select(negative, -Math.PI / 2, Math.PI / 2), angle);
  const flat = select(less(x, 0), add(angle, select(negative, -Math.PI, Math.PI)), angle);
  return select(steep, upright, flat);
}

/** The order-th derivative of an activation, element-wise. */
export function activation(fn: ActivationFunction, x: Node, order = 0, alpha = 0): Node {
  return x.graph.emit('activation', [x], { fn, order, alpha });
}

/** condition ? a : b, broadcast; condition is bool. */
export function select(condition: Node, a: Operand, b: Operand): Node {
  const graph = condition.graph;
  const x = typeof a === 'number' ? graph.constant(a) : a;
  const y = typeof b === 'number' ? graph.constant(b) : b;
  return graph.emit('select', [condition, x, y], {});
}

export function cast(x: Node, dtype: DType): Node {
  return x.graph.emit('cast', [x], { dtype });
}

/** [..., n, k] times [..., k, m]; leading axes broadcast. Both have rank two or more. */
export function matMul(a: Node, b: Node): Node {
  return a.graph.emit('matMul', [a, b], {});
}

/** Axes as negative numbers, sorted. Accepts either sign; all axes when undefined. */
export function fromRight(axes: number | readonly number[] | undefined, rank: number): number[] {
  const list = axes === undefined ? Array.from({ length: rank }, (_, i) => i) : typeof axes === 'number' ? [axes] : [...axes];
  return list
    .map((axis) => {
      const negative = axis < 0 ? axis : axis - rank;
      if (!Number.isInteger(negative) || negative < -rank || negative >= 0) {
        throw new GraphError(`axis ${axis} does not exist in a tensor of rank ${rank}`);
      }
      return negative;
    })
    .sort((p, q) => p - q);
}

function reduce(op: 'sum' | 'reduceMax' | 'reduceMin', x: Node, axes: number | readonly number[] | undefined, keepDims: boolean): Node {
  const list = fromRight(axes, x.shape.length);
  if (list.length === 0) return x;
  const kept = x.graph.emit(op, [x], { axes: list });
  return keepDims ? kept : squeeze(kept, list);
}

/** Sum over axes (all when undefined). */
export const sum = (x: Node, axes?: number | readonly number[], keepDims = false): Node => reduce('sum', x, axes, keepDims);
export const reduceMax = (x: Node, axes?: number | readonly number[], keepDims = false): Node => reduce('reduceMax', x, axes, keepDims);
export const reduceMin = (x: Node, axes?: number | readonly number[], keepDims = false): Node => reduce('reduceMin', x, axes, keepDims);

/** Mean over axes (all when undefined). */
export function mean(x: Node, axes?: number | readonly number[], keepDims = false): Node {
  const count = fromRight(axes, x.shape.length).reduce((n, axis) => n * (x.shape[x.shape.length + axis] ?? 1), 1);
  return mul(sum(x, axes, keepDims), 1 / count);
}

/** Index of the first largest element along an axis, int32; the axis is removed. */
export function argMax(x: Node, axis: number): Node {
  const [a = -1] = fromRight(axis, x.shape.length);
  return squeeze(x.graph.emit('argMax', [x], { axis: a }), [a]);
}

export function reshape(x: Node, shape: Shape): Node {
  return x.graph.emit('reshape', [x], { shape });
}

/** Removes axes of size one. */
export function squeeze(x: Node, axes: readonly number[]): Node {
  const rank = x.shape.length;
  const gone = new Set(fromRight(axes, rank));
  return reshape(
    x,
    x.shape.filter((_, i) => !gone.has(i - rank)),
  );
}

/** Inserts an axis of size one before position `axis`; negative positions count in the result. */
export function expandDims(x: Node, axis: number): Node {
  const at = axis < 0 ? axis + x.shape.length + 1 : axis;
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Axis i of the result is axis perm[i] of x; by default the last two are swapped. perm counts from the left. */
export function transpose(x: Node, perm?: readonly number[]): Node {
  const rank = x.shape.length;
  const order = perm ?? [...Array(Math.max(rank - 2, 0)).keys(), rank - 1, rank - 2];
  return x.graph.emit('transpose', [x], { perm: order.map((axis) => axis - rank) });
}

export function broadcastTo(x: Node, shape: Shape): Node {
  return sameShape(x.shape, shape) ? x : x.graph.emit('broadcastTo', [x], { shape });
}

/** x[begin : begin + size] in the last `begin.length` axes. */
export function slice(x: Node, begin: readonly number[], size: readonly number[]): Node {
  return x.graph.emit('slice', [x], { begin, size });
}

/** Slice along one axis. */
export function sliceAxis(x: Node, axis: number, begin: number, size: number): Node {
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  return slice(x, x.shape.map((_, i) => (i === at ? begin : 0)).slice(at), x.shape.map((d, i) => (i === at ? size : d)).slice(at));
}

/** Adds `value` before and after in the last `before.length` axes. */
export function pad(x: Node, before: readonly number[], after: readonly number[], value = 0): Node {
  return x.graph.emit('pad', [x], { before, after, value });
}

export function concat(xs: readonly Node[], axis: number): Node {
  const [first] = xs;
  if (!first) throw new GraphError('concat needs at least one tensor');
  const [a = -1] = fromRight(axis, first.shape.length);
  return first.graph.emit('concat', xs, { axis: a });
}

/** Rows of x along `axis` at int32 `indices` of rank 1; the axis takes the length of indices. */
export function gather(x: Node, indices: Node, axis: number): Node {
  const [a = -1] = fromRight(axis, x.shape.length);
  return x.graph.emit('gather', [x, indices], { axis: a });
}

/** Transpose of gather: zeros of length `size` along `axis`, plus updates at `indices` (rank 1); repeated indices add up. */
export function scatterAdd(updates: Node, indices: Node, axis: number, size: number): Node {
  const [a = -1] = fromRight(axis, updates.shape.length);
  return updates.graph.emit('scatterAdd', [updates, indices], { axis: a, size });
}

export function cumsum(x: Node, axis: number, exclusive = false, reverse = false): Node {
  const [a = -1] = fromRight(axis, x.shape.length);
  return x.graph.emit('cumsum', [x], { axis: a, exclusive, reverse });
}

/** Sums x over the axes along which a tensor of `shape` was broadcast to x's shape. Transpose of broadcastTo. */
export function sumTo(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.shape.length - shape.length;
  const axes = x.shape.map((_, i) => i).filter((i) => i < lead || (shape[i - lead] === 1 && x.shape[i] !== 1));
  return reshape(sum(x, axes, true), shape);
}

/** A tensor of one repeated value. */
export function fill(like: Node, value: number, shape: Shape = like.shape, dtype: DType = 'float32'): Node {
  const scalar = like.graph.constant(value, [], dtype);
  return sizeOf(shape) === 1 ? reshape(scalar, shape) : broadcastTo(scalar, shape);
}
