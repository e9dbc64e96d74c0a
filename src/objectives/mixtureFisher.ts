import type { Node } from '../graph/graph';
import { add, neg, sub, unary } from '../graph/ops';
import type { ObjectiveContext } from './objective';

/** log(exp(a) + exp(b)) without overflow. */
function logAddExp(a: Node, b: Node): Node {
  return add(b, unary('softplus', sub(a, b)));
}

/**
 * Energy of the bridged model q~ = beta exp(-E - c) + (1 - beta) m (self-normalised mixture Fisher divergence).
 * m is normalised, so the scale of exp(-E) shows in the score of q~, and c tends to log Z.
 */
export function bridgedEnergy({ energy, mixingLogDensity, logNormalizer, beta }: ObjectiveContext): (x: Node) => Node {
  return (x) => {
    const model = sub(neg(add(energy(x), logNormalizer!)), -Math.log(beta));
    return neg(logAddExp(model, add(mixingLogDensity(x), Math.log(1 - beta))));
  };
}
