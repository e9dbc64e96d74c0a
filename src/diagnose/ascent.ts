/** Ascent of a function of rows from many starts at once: BFGS with backtracking (Nocedal and Wright 2006, sections 3.1 and 6.1). */

import { dot } from './linear/dot';

export interface RowsAscended {
  /** [n] */
  readonly logDensity: Float64Array;
  /** [n, dim] */
  readonly score: Float64Array;
}

/** One ascent: where it is, and its estimate of the inverse of the negative Hessian, row-major [dim, dim]. */
export interface Climber {
  x: Float64Array;
  logDensity: number;
  score: Float64Array;
  inverse: Float64Array;
  direction: Float64Array;
  length: number;
  steps: number;
  done: boolean;
}

/** Evaluations of each climber at most: ten times what a smooth density of a few dimensions takes. */
const rounds = 300;
/** Armijo's constant. */
const sufficient = 1e-4;
/** Smallest length of a step, as a share of the quasi-Newton step. */
const shortest = 1e-6;
/** Ends where the quadratic model promises less than this gain in log density. */
const negligible = 1e-8;
/** A step is at most this share of the extent of the starts: far starts must not fly past the modes nearest to them. */
const longestShare = 0.2;

function scaledIdentity(dim: number, scale: number): Float64Array {
  return Float64Array.from({ length: dim * dim }, (_, i) => (i % (dim + 1) === 0 ? scale : 0));
}

/** The largest distance between two corners of the box that holds all rows; 1 for a single point. */
function extentOf(rows: Float64Array, dim: number): number {
  const low = new Float64Array(dim).fill(Infinity);
  const high = new Float64Array(dim).fill(-Infinity);
  rows.forEach((v, i) => {
    low[i % dim] = Math.min(low[i % dim]!, v);
    high[i % dim] = Math.max(high[i % dim]!, v);
  });
  return Math.hypot(...high.map((v, k) => v - low[k]!)) || 1;
}

/** Sets the direction and its length, at most `longest`; ends the climb where nothing is to be gained. */
function aim(climber: Climber, longest: number): void {
  const { score, inverse } = climber;
  const dim = score.length;
  climber.direction = score.map((_, i) => dot(inverse.subarray(i * dim, (i + 1) * dim), score));
  if (!(dot(climber.direction, score) > 0)) {
    climber.inverse = scaledIdentity(dim, 1);
    climber.direction = score.slice();
  }
  climber.done = !(dot(climber.direction, score) > negligible);
  const size = Math.sqrt(dot(climber.direction, climber.direction));
  if (size > longest) climber.direction = climber.direction.map((v) => (v * longest) / size);
  climber.length = 1;
}

/** The BFGS update of the inverse, for the step s with change of negative score y; skipped where the curvature is not positive. */
function learn(climber: Climber, s: Float64Array, y: Float64Array): void {
  const dim = s.length;
  const sy = dot(s, y);
  if (!(sy > 1e-10 * Math.sqrt(dot(s, s) * dot(y, y)))) return;
  if (climber.steps === 0) climber.inverse = scaledIdentity(dim, sy / dot(y, y));
  const h = climber.inverse;
  const hy = y.map((_, i) => dot(h.subarray(i * dim, (i + 1) * dim), y));
  const factor = (1 + dot(y, hy) / sy) / sy;
  climber.inverse = h.map((v, k) => {
    const [i, j] = [Math.floor(k / dim), k % dim];
    return v + factor * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy;
  });
}

function step(climber: Climber, x: Float64Array, logDensity: number, score: Float64Array, longest: number): void {
  const promised = sufficient * climber.length * dot(climber.direction, climber.score);
  if (!(logDensity >= climber.logDensity + promised) || !score.every(Number.isFinite)) {
    climber.length /= 2;
    climber.done = climber.length < shortest;
    return;
  }
  learn(
    climber,
    x.map((v, k) => v - climber.x[k]!),
    score.map((v, k) => climber.score[k]! - v),
  );
  Object.assign(climber, { x, logDensity, score, steps: climber.steps + 1 });
  aim(climber, longest);
}

/** Where the ascents from the rows of `starts`, [n, dim], end: those that converge or get stuck, with finite values. */
export async function ascend(
  evaluate: (rows: Float64Array) => Promise<RowsAscended>,
  starts: Float64Array,
  dim: number,
): Promise<Climber[]> {
  const longest = longestShare * extentOf(starts, dim);
  const first = await evaluate(starts);
  const climbers = Array.from(first.logDensity, (logDensity, i): Climber => {
    const row = (values: Float64Array): Float64Array => values.slice(i * dim, (i + 1) * dim);
    const score = row(first.score);
    return { x: row(starts), logDensity, score, inverse: scaledIdentity(dim, 1), direction: score, length: 1, steps: 0, done: false };
  }).filter(({ logDensity, score }) => Number.isFinite(logDensity) && score.every(Number.isFinite));
  for (const climber of climbers) aim(climber, longest);
  for (let round = 0; round < rounds; round++) {
    const active = climbers.filter(({ done }) => !done);
    if (active.length === 0) break;
    const trial = new Float64Array(active.length * dim);
    active.forEach(({ x, direction, length }, i) => {
      for (let k = 0; k < dim; k++) trial[i * dim + k] = Math.fround(x[k]! + length * direction[k]!);
    });
    const { logDensity, score } = await evaluate(trial);
    active.forEach((climber, i) => {
      step(climber, trial.slice(i * dim, (i + 1) * dim), logDensity[i]!, score.slice(i * dim, (i + 1) * dim), longest);
    });
  }
  return climbers;
}
