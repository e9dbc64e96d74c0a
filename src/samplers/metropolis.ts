/** Moves that leave a density exactly invariant, for many particles at once. */

import type { Target } from '../data/target';
import type { Node } from '../graph/graph';
import { add, cast, exp, expandDims, less, lessEqual, log, logicalAnd, minimum, mul, select, sqrt, square, sub, sum } from '../graph/ops';
import { type Density, type Place, placeAt } from './place';

/** What a move did: the places afterwards and, per row, whether the proposal was taken (0 or 1) and its probability, [m]. */
export interface Moved {
  readonly place: Place;
  readonly accepted: Node;
  readonly probability: Node;
}

/** A proposal and the logarithm of its Metropolis ratio, [m]. */
interface Proposal {
  readonly place: Place;
  readonly logRatio: Node;
}

/** Log densities above this one are taken for an overflow, and log ratios below its negative for nought. */
const huge = 1e30;

function perRow(value: Node): Node {
  return value.shape.length === 0 ? value : expandDims(value, 1);
}

/** Takes each proposal with probability min(1, ratio); one whose ratio is not a number is refused. */
function decide(here: Place, { place: there, logRatio }: Proposal, uniform: Node): Moved {
  const sound = logicalAnd(less(-huge, logRatio), less(there.logDensity, huge));
  const logProbability = minimum(select(sound, logRatio, -huge), 0);
  const accepted = lessEqual(log(uniform), logProbability);
  const rows = expandDims(accepted, 1);
  return {
    place: {
      x: select(rows, there.x, here.x),
      logDensity: select(accepted, there.logDensity, here.logDensity),
      score: select(rows, there.score, here.score),
    },
    accepted: cast(accepted, 'float32'),
    probability: exp(logProbability),
  };
}

/** What a move needs beside the place it starts from. */
export interface MoveInputs {
  readonly target: Target;
  /** The density that is left invariant, from the target's values. */
  readonly density: Density;
  /** A scalar, or one a row, [m]. */
  readonly stepSize: Node;
  /** Standard normals, [m, dim]. */
  readonly normal: Node;
  /** Uniform on (0, 1], [m]. */
  readonly uniform: Node;
}

/**
 * The Metropolis-adjusted Langevin algorithm: x + (eps/2) s(x) + sqrt(eps) z as a proposal (Roberts and Tweedie 1996).
 * Its ratio is written without differences of positions, which would cancel: p(y) q(x|y) / (p(x) q(y|x)) with
 * log q(x|y) = -|z + sqrt(eps)/2 (s(x) + s(y))|^2 / 2.
 */
export function langevinMove(here: Place, { target, density, stepSize, normal, uniform }: MoveInputs): Moved {
  const from = density(here);
  const root = sqrt(perRow(stepSize));
  const there = placeAt(target, add(here.x, add(mul(mul(perRow(stepSize), 0.5), from.score), mul(root, normal))));
  const to = density(there);
  const back = add(normal, mul(mul(root, 0.5), add(from.score, to.score)));
  const drift = mul(sub(sum(square(normal), 1), sum(square(back), 1)), 0.5);
  return decide(here, { place: there, logRatio: add(sub(to.logDensity, from.logDensity), drift) }, uniform);
}

/** Hamiltonian Monte Carlo: `leaps` leapfrog steps with unit masses from a fresh momentum (Neal 2011, section 2). */
export function hamiltonianMove(here: Place, { target, density, stepSize, normal, uniform }: MoveInputs, leaps: number): Moved {
  const from = density(here);
  const step = perRow(stepSize);
  const half = mul(step, 0.5);
  let momentum = add(normal, mul(half, from.score));
  let there = here;
  let to = from;
  for (let i = 1; i <= leaps; i++) {
    there = placeAt(target, add(there.x, mul(step, momentum)));
    to = density(there);
    momentum = add(momentum, mul(i < leaps ? step : half, to.score));
  }
  const kinetic = mul(sub(sum(square(normal), 1), sum(square(momentum), 1)), 0.5);
  return decide(here, { place: there, logRatio: add(sub(to.logDensity, from.logDensity), kinetic) }, uniform);
}
