/** Modes of a density known up to a constant, by ascent from many starts: also those that no sample has visited. */

import { scored, type Target } from '../data/target';
import type { Executor } from '../executors/executor';
import { RowFunction } from '../executors/rowFunction';
import { jvp } from '../graph/differentiate';
import type { Node } from '../graph/graph';
import { broadcastTo, concat } from '../graph/ops';
import { ascend, type Climber, type RowsAscended } from './ascent';
import { dot } from './linear/dot';
import { matrixFunction, type SymmetricEigen, symmetricEigen } from './linear/symmetricEigen';

/** A local maximum of the log density. */
export interface AscentMode {
  readonly center: number[];
  /** Up to the target's constant. */
  readonly logDensity: number;
  /** Hessian of the log density at the centre, row-major [dim, dim], symmetric; negative definite but for flat directions. */
  readonly hessian: Float64Array;
}

/** Starts for an ascent where nothing is given. Own choice; each costs about 30 evaluations of the density. */
export const defaultStarts = 128;
/** Curvatures below this share of the largest count as flat. */
const flat = 1e-3;
/** Maxima nearer than this many local standard deviations are one. */
const sameMode = 0.5;
const polishRounds = 4;
/** A centre is as good as a maximum where Newton's step would gain less than this in log density. */
const smallestGain = 1e-3;

/** Columns of the Hessian of the log density, [rows, dim * dim]: forward derivatives of the score along each coordinate. */
function hessianOf(x: Node, score: Node): Node {
  const dim = x.shape[1] ?? 1;
  const columns = Array.from({ length: dim }, (_, k) => {
    const unit = x.graph.constant(
      Array.from({ length: dim }, (_u, j) => (j === k ? 1 : 0)),
      [dim],
    );
    const [tangent] = jvp([score], new Map([[x, broadcastTo(unit, x.shape)]]));
    return tangent ?? broadcastTo(x.graph.constant(0), x.shape);
  });
  return concat(columns, 1);
}

/** A point with its curvature: eigenvalues of the negative Hessian. */
interface Summit {
  readonly center: Float64Array;
  readonly logDensity: number;
  readonly score: Float64Array;
  readonly hessian: Float64Array;
  readonly curvature: SymmetricEigen;
}

/** The negative Hessian or a power of it, with curvatures floored at a small share of the largest: never singular, never negative. */
export function precisionPower(curvature: SymmetricEigen, power: number): Float64Array {
  const largest = curvature.values.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-12);
  return matrixFunction(curvature, (v) => Math.max(v, flat * largest) ** power);
}

/** Eigenvalues and eigenvectors of the negative Hessian of a mode. */
export function curvatureOf(hessian: Float64Array, dim: number): SymmetricEigen {
  return symmetricEigen(
    hessian.map((v) => -v),
    dim,
  );
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => {
    let total = 0;
    for (let k = 0; k < n; k++) total += matrix[i * n + k]! * vector[k]!;
    return total;
  });
}

async function summits(all: RowFunction, centers: readonly Float64Array[], dim: number): Promise<Summit[]> {
  const rows = new Float64Array(centers.length * dim);
  centers.forEach((center, i) => {
    rows.set(center, i * dim);
  });
  const [logDensities, scores, columns] = await all.at(rows);
  return centers.map((center, i) => {
    const raw = columns!.subarray(i * dim * dim, (i + 1) * dim * dim);
    const hessian = raw.map((v, k) => (v + raw[(k % dim) * dim + Math.floor(k / dim)]!) / 2);
    const score = scores!.slice(i * dim, (i + 1) * dim);
    return { center, logDensity: logDensities![i]!, score, hessian, curvature: curvatureOf(hessian, dim) };
  });
}

function isMaximum({ logDensity, score, hessian, curvature }: Summit): boolean {
  if (!Number.isFinite(logDensity) || !hessian.every(Number.isFinite)) return false;
  const largest = curvature.values.reduce((a, b) => Math.max(a, b), 0);
  if (!(largest > 0) || curvature.values.some((v) => v < -flat * largest)) return false;
  return dot(score, times(precisionPower(curvature, -1), score)) / 2 < smallestGain;
}

/** Newton's steps where the ascent ended near a maximum: it ends by the rounding of log densities, the score is sharper. */
async function polished(all: RowFunction, climbers: readonly Climber[], dim: number): Promise<Summit[]> {
  let at = await summits(
    all,
    climbers.map(({ x }) => x),
    dim,
  );
  for (let round = 0; round < polishRounds; round++) {
    const steps = at.map(({ curvature, score }) => times(precisionPower(curvature, -1), score));
    const moved = await summits(
      all,
      at.map(({ center }, i) => center.map((v, k) => v + steps[i]![k]!)),
      dim,
    );
    at = at.map((before, i) => {
      const after = moved[i]!;
      const lower = dot(before.score, steps[i]!) < 1 && dot(after.score, after.score) < dot(before.score, before.score);
      return lower ? after : before;
    });
  }
  return at;
}

function near(a: Summit, b: Summit): boolean {
  const gap = a.center.map((v, k) => v - b.center[k]!);
  const squared = (s: Summit): number => dot(gap, times(precisionPower(s.curvature, 1), gap));
  return (squared(a) + squared(b)) / 2 < sameMode * sameMode;
}

/**
 * The distinct local maxima that quasi-Newton ascent reaches from the rows of `starts`, [n, dim], the highest first. Each Hessian is exact
 * (derivatives of the score). Ends that are saddles, that run away or that are not finite are left out, so the list may be
 * empty. On a ridge of equal density every end that is half a local deviation from the others is listed.
 */
export async function ascentModes(executor: Executor, target: Target, starts: Float64Array): Promise<AscentMode[]> {
  const { dim } = target;
  const count = starts.length / dim;
  if (count === 0) return [];
  const slope = await RowFunction.create(
    executor,
    dim,
    (x) => {
      const { logDensity, score } = scored(target, x);
      return [logDensity, score];
    },
    count,
  );
  const all = await RowFunction.create(
    executor,
    dim,
    (x) => {
      const { logDensity, score } = scored(target, x);
      return [logDensity, score, hessianOf(x, score)];
    },
    count,
  );
  try {
    const evaluate = async (rows: Float64Array): Promise<RowsAscended> => {
      const [logDensity, score] = await slope.at(rows);
      return { logDensity: logDensity!, score: score! };
    };
    const ends = await ascend(evaluate, starts, dim);
    const maxima = (await polished(all, ends, dim)).filter(isMaximum).sort((a, b) => b.logDensity - a.logDensity);
    const distinct: Summit[] = [];
    for (const summit of maxima) if (!distinct.some((other) => near(other, summit))) distinct.push(summit);
    return distinct.map(({ center, logDensity, hessian }) => ({ center: Array.from(center), logDensity, hessian }));
  } finally {
    await slope.dispose();
    await all.dispose();
  }
}
