import { expandActivation } from './activations';
import { is, type Node } from './graph';
import { substitute } from './substitute';

/** The outputs without activation jets and gradient stops: only primitives that executors run. */
export function lower(outputs: readonly Node[]): Node[] {
  return substitute(outputs, new Map(), (node, inputs) => {
    if (is(node, 'activation')) {
      const { fn, order, alpha } = node.attrs;
      return expandActivation(fn, inputs[0]!, order, alpha);
    }
    if (is(node, 'stopGradient')) return inputs[0]!;
    return inputs.every((x, i) => x === node.inputs[i]) ? node : node.graph.emit(node.op, inputs, node.attrs);
  });
}
