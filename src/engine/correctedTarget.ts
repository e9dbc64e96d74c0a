import type { Target } from '../data/target';
import { densityFloor } from '../diagnose/density';
import type { Graph, Node } from '../graph/graph';
import { add, exp, log, maximum, minimum, mul, neg, sub } from '../graph/ops';
import type { Model, ScoreModel } from '../objectives/trainingStep';
import type { FitProblem } from './fit/problem';
import { logVolume, type Standardization } from './fit/standardization';

/** Parameters as constants of a graph, in the order of their shapes. */
export function constantParameters(graph: Graph, { paramShapes }: Model | ScoreModel, flat: Float32Array): Node[] {
  let begin = 0;
  return paramShapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    begin += size;
    return graph.constant(Float64Array.from(flat.subarray(begin - size, begin)), shape);
  });
}

/** The rows of x in the coordinates of the fit. */
export function standardised(x: Node, { mean, scale }: Standardization): Node {
  const { graph } = x;
  const dim = mean.length;
  return mul(
    sub(x, graph.constant(Array.from(mean), [dim])),
    graph.constant(
      Array.from(scale, (s) => 1 / s),
      [dim],
    ),
  );
}

/**
 * The density of a fit in the user's coordinates. Where exp(-E) models the bridged density it is corrected as
 * `correctedLogDensity` does: p = (exp(-E)/Z - (1 - beta) m) / beta, at no less than a share of exp(-E)/Z. It is normalised but
 * for the mass that this floor adds.
 * @param params flat
 * @param logZ of exp(-E) over the user's coordinates; 0 will do where nothing is corrected
 * @param beta weight of the data where the density is bridged, else undefined
 */
export function correctedTarget(
  { standardization, mixing }: Pick<FitProblem, 'standardization' | 'mixing'>,
  model: Model,
  params: Float32Array,
  logZ: number,
  beta: number | undefined,
): Target {
  const volume = logVolume(standardization);
  return {
    dim: model.dim,
    logDensity: (x) => {
      const z = standardised(x, standardization);
      const logModel = sub(neg(model.energy(z, constantParameters(x.graph, model, params))), logZ);
      if (beta === undefined) return logModel;
      // The logarithm of (1 - beta) m over the model; above 0 the share is the floor, and exp must not overflow in a gradient.
      const excess = add(sub(mixing.logDensity(z), logModel), Math.log(1 - beta) - volume);
      const share = maximum(sub(1, exp(minimum(excess, 0))), densityFloor);
      return sub(add(logModel, log(share)), Math.log(beta));
    },
  };
}
