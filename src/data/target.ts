/** A density as samplers and diagnoses see it: an energy that can be put into any graph. */

import { gradient } from '../graph/differentiate';
import type { Node } from '../graph/graph';
import { sum } from '../graph/ops';

/** A density known up to a constant, in the coordinates in which it is sampled and tested. */
export interface Target {
  readonly dim: number;
  /** log of the density up to a constant, [n], at the rows of x, [n, dim]. A row's value depends on that row alone. */
  readonly logDensity: (x: Node) => Node;
  /** Its gradient at the rows of x, [n, dim], where it is known in a form that costs less than a reverse pass. */
  readonly score?: (x: Node) => Node;
}

/** The log density and the score s = grad_x log p, [n, dim], at the rows of x, by one reverse pass if the target gives none. */
export function scored(target: Target, x: Node): { readonly logDensity: Node; readonly score: Node } {
  const logDensity = target.logDensity(x);
  if (target.score) return { logDensity, score: target.score(x) };
  const [score] = gradient(sum(logDensity), [x]);
  if (!score) throw new RangeError('a gradient has one part for each target');
  return { logDensity, score };
}
