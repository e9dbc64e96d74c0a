import { type Node, reachable } from './graph';
import { primitive } from './table';

/** The outputs re-made with some nodes replaced. */
export function substitute(
  outputs: readonly Node[],
  replacements: ReadonlyMap<Node, Node>,
  rewrite?: (node: Node, inputs: readonly Node[]) => Node,
): Node[] {
  const made = new Map<Node, Node>(replacements);
  for (const node of reachable(outputs)) {
    if (made.has(node)) continue;
    const inputs = node.inputs.map((x) => made.get(x)!);
    if (rewrite) made.set(node, rewrite(node, inputs));
    else made.set(node, inputs.every((x, i) => x === node.inputs[i]) ? node : node.graph.emit(node.op, inputs, node.attrs));
  }
  return outputs.map((node) => made.get(node)!);
}

export interface Mapped {
  readonly node: Node;
  /** Whether the node carries the new leading axis. */
  readonly mapped: boolean;
}

/** Evaluates an expression over a new leading axis of length `size` that some of the given nodes carry. */
export function batch(outputs: readonly Node[], given: ReadonlyMap<Node, Mapped>, size: number): Mapped[] {
  const made = new Map<Node, Mapped>(given);
  for (const node of reachable(outputs)) {
    if (made.has(node)) continue;
    const inputs = node.inputs.map((x) => made.get(x)!);
    const mapped = inputs.map((x) => x.mapped);
    const nodes = inputs.map((x) => x.node);
    if (mapped.some(Boolean)) made.set(node, { node: primitive(node.op).batch(node, nodes, mapped, size), mapped: true });
    else made.set(node, { node: node.inputs.length === 0 ? node : node.graph.emit(node.op, nodes, node.attrs), mapped: false });
  }
  return outputs.map((node) => made.get(node)!);
}
