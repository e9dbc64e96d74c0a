import { Graph } from '../../../src/graph/graph';
import { primitive } from '../../../src/graph/table';

/** A graph that makes exactly the nodes it is asked for: no algebra, no folding. What the simplifier is compared with. */
export function createPlainGraph(): Graph {
  return new Graph({
    infer: (op, inputs, attrs) => primitive(op).infer(inputs, attrs),
    simplify: () => undefined,
    fold: () => undefined,
  });
}
