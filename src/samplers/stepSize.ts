/** Step sizes that are found during burn-in. */

import type { Graph, Node, Shape } from '../graph/graph';
import { add, concat, exp, expandDims, less, mul, reshape, select, sliceAxis, sub } from '../graph/ops';
import type { Carried } from './blockedLoop';

/** Numbers of the schedule that an adapted step size reads; see `adaptationAt`. */
export const adaptationWidth = 4;

/** Constants of dual averaging as its authors give them (Hoffman and Gelman 2014, section 3.2). */
const gamma = 0.05;
const delay = 10;
const kappa = 0.75;

/** The schedule of a step: whether the step size still moves, and the gains of dual averaging there. */
export function adaptationAt(step: number, burnIn: number, out: Float32Array): void {
  const m = step + 1;
  out.set([step < burnIn ? 1 : 0, 1 / (m + delay), Math.sqrt(m) / gamma, m ** -kappa]);
}

export interface AdaptedStepSize {
  /** Of the given shape. */
  readonly stepSize: Node;
  /** The state's change, given acceptance probabilities of that shape. */
  readonly carried: (probability: Node) => Carried;
}

/** What the state is at first, [3, ...shape]: logarithms of step size and of its average, and the mean error. */
export function initialStepSize(stepSize: number, shape: Shape): Float32Array {
  const size = shape.reduce((product, d) => product * d, 1);
  return Float32Array.from({ length: 3 * size }, (_, i) => (i < 2 * size ? Math.log(stepSize) : 0));
}

/**
 * Dual averaging of the logarithm of the step size towards a wanted acceptance (Nesterov 2009; Hoffman and Gelman 2014,
 * algorithm 5). After burn-in the averaged step size is used and stays, so that the chain leaves its density invariant.
 * @param schedule [adaptationWidth]
 * @param shape of the step size: a scalar, or one a temperature
 */
export function dualAveraging(graph: Graph, schedule: Node, shape: Shape, initial: number, wanted: number): AdaptedStepSize {
  const input = graph.input('stepSize', [3, ...shape]);
  const part = (i: number): Node => reshape(sliceAxis(input, 0, i, 1), shape);
  const [now, averaged, error] = [part(0), part(1), part(2)];
  const gain = (i: number): Node => reshape(sliceAxis(schedule, 0, i, 1), []);
  const adapting = less(0.5, gain(0));
  return {
    stepSize: exp(select(adapting, now, averaged)),
    carried(probability) {
      const nextError = add(error, mul(gain(1), sub(sub(wanted, probability), error)));
      const next = sub(Math.log(10 * initial), mul(gain(2), nextError));
      const nextAverage = add(averaged, mul(gain(3), sub(next, averaged)));
      const moved = concat(
        [next, nextAverage, nextError].map((node) => expandDims(node, 0)),
        0,
      );
      return { input, next: select(adapting, moved, input) };
    },
  };
}
