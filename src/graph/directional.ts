/**
 * First and second derivatives along several directions in one forward pass ("forward Laplacian": Li et al. 2024,
 * doi:10.1038/s42256-024-00794-x). The directions are stacked on a leading axis; second derivatives are summed over it
 * on the way, so that they cost one tensor, not one a direction.
 */

import { type Node, reachable } from './graph';
import { add, broadcastTo, mul, reshape, sum } from './ops';
import { jvp } from './differentiate';
import { batch, type Mapped, substitute } from './substitute';

export interface Directional {
  /** First derivatives, [directions, ...shape of the output]; undefined is zero. */
  readonly first: Node | undefined;
  /** Second derivatives summed over the directions, of the output's shape; undefined is zero. */
  readonly second: Node | undefined;
}

/** The rule of one node: d/de and d2/de2 of node(x + e t + ...) as expressions in placeholders. */
interface Template {
  readonly inputs: readonly Node[];
  readonly tangents: readonly Node[];
  readonly first: Node | undefined;
  readonly second: Node | undefined;
}

/**
 * Placeholders stand for the inputs: a tangent may be the same node as an input (exp(x) along 1), and must not be
 * differentiated with it.
 */
function template(node: Node, active: readonly boolean[]): Template {
  const { graph } = node;
  const inputs = node.inputs.map((x, i) => (active[i] ? graph.input(`x${i}`, x.shape, x.dtype) : x));
  const tangents = node.inputs.map((x, i) => (active[i] ? graph.input(`t${i}`, x.shape) : x));
  const applied = graph.emit(node.op, inputs, node.attrs);
  const seeds = new Map<Node, Node>();
  inputs.forEach((x, i) => {
    if (active[i]) seeds.set(x, tangents[i]!);
  });
  const [first] = jvp([applied], seeds);
  const [second] = first ? jvp([first], seeds) : [];
  return { inputs, tangents, first, second };
}

function plus(a: Node | undefined, b: Node | undefined): Node | undefined {
  return a && b ? add(a, b) : (a ?? b);
}

/** Sums the leading axis of a mapped node; an unmapped node is repeated `size` times. */
function total({ node, mapped }: Mapped, size: number): Node {
  if (!mapped) return mul(node, size);
  return reshape(sum(node, 0, true), node.shape.slice(1));
}

/**
 * Derivatives of `output` along stacked directions: `directions` gives some inputs a tangent of shape
 * [size, ...shape of the input].
 */
export function directional(output: Node, directions: ReadonlyMap<Node, Node>, size: number): Directional {
  const known = new Map<Node, Directional>();
  for (const [node, first] of directions) known.set(node, { first, second: undefined });
  const zero: Directional = { first: undefined, second: undefined };
  for (const node of reachable([output])) {
    if (known.has(node)) continue;
    const incoming = node.inputs.map((x) => known.get(x) ?? zero);
    const active = incoming.map((d) => d.first !== undefined || d.second !== undefined);
    if (!active.some(Boolean)) {
      known.set(node, zero);
      continue;
    }
    known.set(node, propagate(node, incoming, active, size));
  }
  return known.get(output)!;
}

function propagate(node: Node, incoming: readonly Directional[], active: readonly boolean[], size: number): Directional {
  const { inputs, tangents, first, second } = template(node, active);
  const stacked = new Map<Node, Mapped>();
  inputs.forEach((x, i) => {
    if (!active[i]) return;
    stacked.set(x, { node: node.inputs[i]!, mapped: false });
    const t = incoming[i]!.first;
    const zeros = broadcastTo(node.graph.constant(0), node.inputs[i]!.shape);
    stacked.set(tangents[i]!, t ? { node: t, mapped: true } : { node: zeros, mapped: false });
  });
  const pick = (expression: Node | undefined): Mapped | undefined => expression && batch([expression], stacked, size)[0];
  const slope = pick(first);
  const curvature = pick(second);
  // The first-order rule, applied to the incoming second derivatives: it is linear in the tangents.
  const direct =
    first &&
    linear(
      first,
      inputs,
      tangents,
      node,
      incoming.map((d) => d.second),
    );
  return {
    first: slope && (slope.mapped ? slope.node : broadcastTo(slope.node, [size, ...node.shape])),
    second: plus(direct, curvature && total(curvature, size)),
  };
}

function linear(
  first: Node,
  inputs: readonly Node[],
  tangents: readonly Node[],
  node: Node,
  seconds: readonly (Node | undefined)[],
): Node | undefined {
  if (seconds.every((s) => s === undefined)) return undefined;
  const replaced = new Map<Node, Node>();
  inputs.forEach((x, i) => {
    if (x === node.inputs[i]) return;
    replaced.set(x, node.inputs[i]!);
    replaced.set(tangents[i]!, seconds[i] ?? broadcastTo(node.graph.constant(0), x.shape));
  });
  return substitute([first], replaced)[0];
}
