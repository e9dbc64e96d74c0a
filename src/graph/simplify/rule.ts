/** What a simplification rule is given, and what rules share. */

import { type DType, type Graph, is, type Node, type PrimitiveAttrs, type PrimitiveName, type Shape } from '../graph';
import { broadcastTo } from '../ops';

export interface Result {
  readonly shape: Shape;
  readonly dtype: DType;
}

export interface Application<P extends PrimitiveName = PrimitiveName> {
  readonly graph: Graph;
  readonly op: P;
  readonly inputs: readonly Node[];
  readonly attrs: PrimitiveAttrs[P];
  readonly result: Result;
}

export type Rule<P extends PrimitiveName = PrimitiveName> = (application: Application<P>) => Node | undefined;

/** The value of a constant that is one repeated number. */
export function uniform(node: Node): number | undefined {
  if (is(node, 'broadcastTo')) return uniform(node.inputs[0]!);
  if (!is(node, 'constant')) return undefined;
  const { data } = node.attrs;
  const first = data[0];
  return first !== undefined && data.every((v) => v === first) ? first : undefined;
}

export function source(node: Node): Node {
  return is(node, 'broadcastTo') ? node.inputs[0]! : node;
}

export function full(node: Node, value: number, result: Result): Node {
  return broadcastTo(node.graph.constant(value, [], result.dtype), result.shape);
}

/** A node as the operation's result where an operand drops out. */
export function as(node: Node, result: Result): Node {
  return broadcastTo(node, result.shape);
}
