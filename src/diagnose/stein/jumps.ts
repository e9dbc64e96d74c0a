/** Jumps between the modes of a model, as a Metropolis kernel that keeps the model invariant. */

import type { Random } from '../../shared/random';
import { type AscentMode, curvatureOf, precisionPower } from '../ascentModes';

/** What a jump needs of a mode: its place relative to the mean of all, and the shape of the density about it. */
interface Frame {
  readonly offset: Float64Array;
  /** Square root of the local covariance (the negative Hessian's inverse), symmetric, and its inverse; row-major. */
  readonly root: Float64Array;
  readonly inverseRoot: Float64Array;
  readonly logDetRoot: number;
}

export interface JumpFrames {
  readonly dim: number;
  /** Mean of the modes. */
  readonly middle: Float64Array;
  readonly frames: readonly Frame[];
  /** Median over pairs of modes of their distance in local standard deviations; 0 for a single mode. */
  readonly distance: number;
}

/** log of the mass of a mode by Laplace's method, up to a constant that all modes share. */
export function laplaceLogMass({ center, logDensity, hessian }: AscentMode): number {
  const precision = curvatureOf(
    precisionPower(curvatureOf(hessian, center.length), 1).map((v) => -v),
    center.length,
  );
  return logDensity - precision.values.reduce((t, v) => t + Math.log(v), 0) / 2;
}

/** Modes with less mass than this share of the heaviest are left out, and of the others all but the heaviest. Own choices. */
const smallestShare = 1e-4;
const mostModes = 12;

/** The frames of the modes worth jumping between. */
export function jumpFrames(modes: readonly AscentMode[], dim: number): JumpFrames {
  const heaviest = modes.map((mode) => ({ mode, mass: laplaceLogMass(mode) })).sort((a, b) => b.mass - a.mass);
  const kept = heaviest
    .filter(({ mass }) => mass > heaviest[0]!.mass + Math.log(smallestShare))
    .slice(0, mostModes)
    .map(({ mode }) => mode);
  const middle = new Float64Array(dim);
  for (const { center } of kept) for (let k = 0; k < dim; k++) middle[k]! += center[k]! / kept.length;
  const frames = kept.map(({ center, hessian }): Frame => {
    const curvature = curvatureOf(hessian, dim);
    const root = precisionPower(curvature, -0.5);
    const logDetRoot = curvatureOf(
      root.map((v) => -v),
      dim,
    ).values.reduce((t, v) => t + Math.log(v), 0);
    return { offset: Float64Array.from(center, (v, k) => v - middle[k]!), root, inverseRoot: precisionPower(curvature, 0.5), logDetRoot };
  });
  const distances = frames.flatMap((a, i) =>
    frames.slice(0, i).map((b) => {
      const gap = a.offset.map((v, k) => v - b.offset[k]!);
      return (Math.hypot(...apply(a.inverseRoot, gap)) + Math.hypot(...apply(b.inverseRoot, gap))) / 2;
    }),
  );
  return { dim, middle, frames, distance: distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0 };
}

function apply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => {
    let total = 0;
    for (let k = 0; k < n; k++) total += matrix[i * n + k]! * vector[k]!;
    return total;
  });
}

/**
 * Points after `steps` Metropolis steps of the jump kernel of Liu, Duncan and Gandy 2023 (section 4.2): an ordered pair of
 * modes (i, j) is drawn, every one as likely, whatever x is, and
 *   x' = S_j S_i^-1 (x - theta mu_i) + theta mu_j, accepted with probability min(1, p(x') |S_j| / (p(x) |S_i|)),
 * S the square root of the local covariance. The pair (j, i) takes x' back to x and is as likely, so the density is invariant
 * for every theta, however bad modes and Hessians are. Places are relative to the mean of the modes, here, so that shifting
 * everything changes nothing.
 * @param logDensity of rows [n, dim], up to a constant
 * @returns rows [n, dim], rounded to float32, as the executor sees them
 */
export async function jumped(
  logDensity: (rows: Float64Array) => Promise<Float64Array>,
  points: Float64Array,
  { dim, middle, frames }: JumpFrames,
  theta: number,
  steps: number,
  random: Random,
): Promise<Float64Array> {
  if (frames.length < 2) return points.slice();
  const n = points.length / dim;
  const at = points.map(Math.fround);
  let current = await logDensity(at);
  const logJacobian = new Float64Array(n);
  for (let step = 0; step < steps; step++) {
    const proposed = new Float64Array(at.length);
    for (let row = 0; row < n; row++) {
      const i = random.integer(frames.length);
      const j = (i + 1 + random.integer(frames.length - 1)) % frames.length;
      const [from, to] = [frames[i]!, frames[j]!];
      const local = from.offset.map((mu, k) => at[row * dim + k]! - middle[k]! - theta * mu);
      const moved = apply(to.root, apply(from.inverseRoot, local));
      for (let k = 0; k < dim; k++) proposed[row * dim + k] = Math.fround(moved[k]! + theta * to.offset[k]! + middle[k]!);
      logJacobian[row] = to.logDetRoot - from.logDetRoot;
    }
    const next = await logDensity(proposed);
    const accepted = next.map((v, row) => (Math.log(random.uniform()) < v - current[row]! + logJacobian[row]! ? 1 : 0));
    for (let i = 0; i < at.length; i++) if (accepted[Math.floor(i / dim)]) at[i] = proposed[i]!;
    current = current.map((v, row) => (accepted[row] ? next[row]! : v));
  }
  return at;
}
