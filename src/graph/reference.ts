import { type Node, reachable } from './graph';
import { lower } from './lower';
import type { ReferenceValue } from './primitive';
import { primitive } from './table';

/**
 * Values of nodes in float64, by the plainest code: what every executor is checked against.
 * `feeds` gives each input its row-major values (booleans and integers as numbers).
 */
export function evaluate(outputs: readonly Node[], feeds: ReadonlyMap<Node, ArrayLike<number>>): Float64Array[] {
  const executable = lower(outputs);
  const values = new Map<Node, ReferenceValue>();
  for (const node of reachable(executable)) {
    const fed = feeds.get(node);
    const data = fed
      ? Float64Array.from(fed)
      : primitive(node.op).reference(
          node.inputs.map((x) => values.get(x)!),
          node.attrs,
          node.shape,
          node.dtype,
        );
    values.set(node, { data, shape: node.shape });
  }
  return executable.map((node) => values.get(node)!.data);
}
