/** Where particles are: positions with the log density and the score there, and the same at another temperature. */

import { scored, type Target } from '../data/target';
import type { Executor } from '../executors/executor';
import { RowFunction } from '../executors/rowFunction';
import type { Node } from '../graph/graph';
import { add, expandDims, mul, sub } from '../graph/ops';
import type { GaussianReference } from './reference';
import { SamplerError } from './samplerError';

/** Rows x, [m, dim], with log density, [m], and score, [m, dim], of the target. */
export interface Place {
  readonly x: Node;
  readonly logDensity: Node;
  readonly score: Node;
}

/** A density that a place is seen under: log density, [m], and score, [m, dim]. */
export type Density = (place: Place) => { readonly logDensity: Node; readonly score: Node };

/** The target itself. */
export const untempered: Density = (place) => place;

/**
 * The bridge between a reference r and the target p at inverse temperature b, p^b r^(1 - b), or p^b where there is no
 * reference. b is a scalar or has one value a row, [m].
 */
export function tempered(b: Node, reference: GaussianReference | undefined): Density {
  const column = b.shape.length === 0 ? b : expandDims(b, 1);
  return ({ x, logDensity, score }) => {
    const hot = { logDensity: mul(b, logDensity), score: mul(column, score) };
    if (!reference) return hot;
    return {
      logDensity: add(hot.logDensity, mul(sub(1, b), reference.logDensity(x))),
      score: add(hot.score, mul(sub(1, column), reference.score(x))),
    };
  };
}

export function placeAt(target: Target, x: Node): Place {
  return { x, ...scored(target, x) };
}

/**
 * Log density and score of the target at the starting particles.
 * @param points row-major [n, dim]
 * @throws SamplerError ('start') where they are not finite
 */
export async function evaluateStart(
  executor: Executor,
  target: Target,
  points: Float64Array,
): Promise<{ readonly x: Float32Array; readonly logDensity: Float32Array; readonly score: Float32Array }> {
  const n = points.length / target.dim;
  const at = await RowFunction.create(
    executor,
    target.dim,
    (x) => [scored(target, x).logDensity, scored(target, x).score],
    Math.min(n, 4096),
  );
  try {
    const [logDensity = new Float64Array(), score = new Float64Array()] = await at.at(points);
    const bad = [...logDensity.keys()].filter(
      (i) => !Number.isFinite(logDensity[i]) || !score.subarray(i * target.dim, (i + 1) * target.dim).every(Number.isFinite),
    );
    if (bad.length > 0) {
      const which = `The log density or its gradient is not finite at ${String(bad.length)} of the ${String(n)} starting particles (the first is particle ${String(bad[0])})`;
      throw new SamplerError('start', `${which}; start every particle inside the support of the density.`);
    }
    return { x: Float32Array.from(points), logDensity: Float32Array.from(logDensity), score: Float32Array.from(score) };
  } finally {
    await at.dispose();
  }
}
