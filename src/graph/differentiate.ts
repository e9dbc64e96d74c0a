/** Forward and reverse transforms. Both append ordinary nodes to the graph, so they compose to any order. */

import { type Node, reachable } from './graph';
import { add, broadcastTo } from './ops';
import { primitive } from './table';

/**
 * Tangents of the outputs: the derivative along `tangents`, given for some inputs (each of its input's shape).
 * An output that does not depend on them has tangent undefined, which stands for zero.
 */
export function jvp(outputs: readonly Node[], tangents: ReadonlyMap<Node, Node>): (Node | undefined)[] {
  const known = new Map<Node, Node | undefined>(tangents);
  for (const node of reachable(outputs)) {
    if (known.has(node)) continue;
    const incoming = node.inputs.map((x) => known.get(x));
    known.set(node, incoming.some((t) => t !== undefined) ? primitive(node.op).jvp(node, incoming) : undefined);
  }
  return outputs.map((node) => known.get(node));
}

/** Nodes among `nodes` that depend on one of `targets`. */
function dependents(nodes: readonly Node[], targets: ReadonlySet<Node>): Set<Node> {
  const found = new Set<Node>();
  for (const node of nodes) {
    if (targets.has(node) || node.inputs.some((x) => found.has(x))) found.add(node);
  }
  return found;
}

/**
 * Cotangents of `targets`, given cotangents of the outputs (each of its output's shape). A target that no output
 * depends on gets zeros. Targets may be any nodes; one that lies behind another is reached through it.
 */
export function vjp(outputs: readonly Node[], cotangents: readonly Node[], targets: readonly Node[]): Node[] {
  const nodes = reachable(outputs);
  const needed = dependents(nodes, new Set(targets));
  const total = new Map<Node, Node>();
  const accumulate = (node: Node, ct: Node): void => {
    const before = total.get(node);
    total.set(node, before ? add(before, ct) : ct);
  };
  outputs.forEach((node, i) => {
    accumulate(node, cotangents[i]!);
  });
  for (const node of nodes.reverse()) {
    const ct = total.get(node);
    if (!ct || !node.inputs.some((x) => needed.has(x))) continue;
    primitive(node.op)
      .vjp(node, ct)
      .forEach((part, i) => {
        const input = node.inputs[i]!;
        if (part && needed.has(input)) accumulate(input, part);
      });
  }
  return targets.map((node) => total.get(node) ?? broadcastTo(node.graph.constant(0), node.shape));
}

/** Gradient of a scalar. */
export function gradient(scalar: Node, targets: readonly Node[]): Node[] {
  return vjp([scalar], [broadcastTo(scalar.graph.constant(1), scalar.shape)], targets);
}
