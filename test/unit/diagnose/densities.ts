/** Densities whose modes and whose blindness are known. */

import type { Target } from '../../../src/data/target';
import { componentsOf } from '../../../src/diagnose/fields/gaussianComponents';
import { gaussianField } from '../../../src/diagnose/fields/gaussianField';
import type { ScoreField } from '../../../src/diagnose/fields/scoreField';
import { openTargetField } from '../../../src/diagnose/fields/targetField';
import type { Node } from '../../../src/graph/graph';
import { add, div, exp, log, mul, neg, pow, reshape, sliceAxis, sqrt, square, sub, sum, unary } from '../../../src/graph/ops';
import { executorOf } from '../support/executors';

const column = (x: Node, c: number): Node => reshape(sliceAxis(x, 1, c, 1), [x.shape[0] ?? 1]);
const radius = (x: Node): Node => sqrt(add(sum(square(x), 1), 1e-12));
const ringTerm = (r: Node, at: number, std: number): Node => mul(square(sub(r, at)), -0.5 / std ** 2);

/** Rings of radius .65 and 1.3 whose masses are as their radii, 1 to 2. */
export const twoRings: Target = {
  dim: 2,
  logDensity: (x) => {
    const r = radius(x);
    const [a, b] = [ringTerm(r, 0.65, 0.065), ringTerm(r, 1.3, 0.065)];
    return add(b, unary('softplus', sub(a, b)));
  },
};

/** A ring in space: the radius in the plane is N(2, .15^2), the height N(0, .15^2). log Z = log(2 pi 2 2 pi .15^2). */
export const ringInSpace: Target = {
  dim: 3,
  logDensity: (x) => add(ringTerm(radius(sliceAxis(x, 1, 0, 2)), 2, 0.15), mul(square(column(x, 2)), -0.5 / 0.15 ** 2)),
};

/** Student t with three degrees of freedom in the plane. */
export const studentT: Target = { dim: 2, logDensity: (x) => mul(log(add(1, mul(sum(square(x), 1), 1 / 3))), -2.5) };

export const banana: Target = {
  dim: 2,
  logDensity: (x) => {
    const [a, b] = [column(x, 0), column(x, 1)];
    return mul(add(square(a), square(div(sub(b, mul(0.5, square(a))), 0.3))), -0.5);
  },
};

/** Grows for ever along the diagonal. */
export const unbounded: Target = { dim: 2, logDensity: (x) => sum(x, 1) };

/** A plain with walls at distance 20, and a needle of width 1e-3 that no search meets. */
export const needle: Target = {
  dim: 2,
  logDensity: (x) => add(neg(sum(pow(square(mul(x, 1 / 20)), 6), 1)), mul(20, exp(mul(sum(square(sub(x, 3.3)), 1), -1e6)))),
};

export async function fieldOf(target: Target): Promise<ScoreField> {
  return openTargetField(target, await executorOf('onnx'));
}

export function mixture(means: readonly (readonly number[])[], std: number, weights?: readonly number[]): ScoreField {
  return gaussianField(componentsOf(means, [std], weights ?? means.map(() => 1 / means.length)));
}

/** Two Gaussians of deviation 1 at -5 and 5 with weights .2 and .8. */
export const twoModes = mixture([[-5], [5]], 1, [0.2, 0.8]);

export const fourModes = mixture(
  [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ],
  0.2,
  [0.1, 0.2, 0.3, 0.4],
);

/** Forty Gaussians on a lattice of spacing 4, deviation .4. */
export const forty = mixture(
  Array.from({ length: 40 }, (_, i) => [(i % 8) * 4, Math.floor(i / 8) * 4]),
  0.4,
);

const corner = (dim: number, at: number): number[] => Array<number>(dim).fill(at);
export const tenDimensions = mixture([corner(10, -2), corner(10, 2)], 1, [0.2, 0.8]);
