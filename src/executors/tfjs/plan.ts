import { is, type Node, reachable } from '../../graph/graph';
import { lower } from '../../graph/lower';
import type { Tensor, Tfjs } from '../../graph/primitive';
import { primitive } from '../../graph/table';

/** A graph made ready to run node by node: order, and the last use of each value so that memory is given back at once. */
export class Plan {
  private readonly order: readonly Node[];
  private readonly outputs: readonly Node[];
  /** Nodes whose value is not needed after position i. */
  private readonly released: readonly (readonly Node[])[];
  private readonly constants = new Map<Node, Tensor>();

  constructor(
    private readonly tf: Tfjs,
    outputs: readonly Node[],
  ) {
    this.outputs = lower(outputs);
    this.order = reachable(this.outputs).filter((node) => node.op !== 'input' && node.op !== 'constant');
    const lastUse = new Map<Node, number>();
    this.order.forEach((node, i) => {
      lastUse.set(node, i);
      for (const input of node.inputs) lastUse.set(input, i);
    });
    const kept = new Set(this.outputs);
    const released: Node[][] = this.order.map(() => []);
    for (const [node, i] of lastUse) if (node.op !== 'input' && node.op !== 'constant' && !kept.has(node)) released[i]!.push(node);
    this.released = released;
    for (const node of reachable(this.outputs)) {
      if (is(node, 'constant')) this.constants.set(node, tf.keep(tensorOf(tf, node.attrs.data, node)));
    }
  }

  /** Values of the outputs, which the caller disposes; the given inputs stay the caller's. */
  run(inputs: ReadonlyMap<Node, Tensor>): Tensor[] {
    const values = new Map<Node, Tensor>([...this.constants, ...inputs]);
    this.order.forEach((node, i) => {
      // tidy gives back what a rule made on its way; the result is kept until its last use.
      const result = this.tf.tidy(() =>
        primitive(node.op).tfjs(
          this.tf,
          node,
          node.inputs.map((x) => values.get(x)!),
        ),
      );
      values.set(node, result);
      for (const done of this.released[i]!) values.get(done)?.dispose();
    });
    const seen = new Set<Tensor>();
    return this.outputs.map((node) => {
      const value = values.get(node)!;
      // An output that is also an input, a constant or another output is copied: whoever gets it disposes it.
      const shared = node.op === 'input' || node.op === 'constant' || seen.has(value);
      seen.add(value);
      return shared ? this.tf.clone(value) : value;
    });
  }

  dispose(): void {
    for (const tensor of this.constants.values()) tensor.dispose();
    this.constants.clear();
  }
}

/** A tensor of a node's shape and dtype from any numbers. */
export function tensorOf(tf: Tfjs, data: ArrayLike<number>, node: Pick<Node, 'shape' | 'dtype'>): Tensor {
  const values =
    node.dtype === 'float32' ? Float32Array.from(data) : node.dtype === 'int32' ? Int32Array.from(data) : Uint8Array.from(data);
  return tf.tensor(values, [...node.shape], node.dtype);
}
