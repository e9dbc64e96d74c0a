import type { ScoreField } from '../fields/scoreField';
import type { Region } from './region';

/** How an ascent ended. `escaped`: beyond a hundred lengths of the region, or to a value that is no number. `flat`: it had nowhere to go. */
export type AscentEnd = 'top' | 'flat' | 'escaped';

export interface Ascents {
  /** Where they ended, [n, dim]. */
  readonly at: Float64Array;
  readonly logDensity: Float64Array;
  readonly ends: readonly AscentEnd[];
}

const rounds = 120;
/** No step is longer than this share of the region, or of the way from its centre: an ascent must not leap into another basin. */
const longestStep = 0.1;
/** An ascent is over when a step would gain less, in log density: about what float32 resolves. */
const leastGain = 1e-6;
const farAway = 100;
/** A place is flat where log p, to second order, changes by less than this over a length of the region. Own choice. */
const flatness = 1e-3;

interface Climber {
  readonly row: number;
  step: number;
  log: number;
  slope: Float64Array;
}

/** x moved by `step` times the slope, at most the longest step, in lengths of the region. */
function proposal(at: Float64Array, { row, step, slope }: Climber, { center, scale }: Region): Float64Array {
  const dim = scale.length;
  const norm = Math.hypot(...slope);
  const away = Math.hypot(...scale.map((s, c) => (at[row * dim + c]! - center[c]!) / s));
  const factor = Math.min(step, (longestStep * Math.max(1, away)) / norm);
  return slope.map((s, c) => at[row * dim + c]! + factor * s * scale[c]!);
}

/**
 * Gradient ascent of log p from every start at once, with steps of Barzilai and Borwein (1988) that are kept only where log p
 * rises, and quartered where it does not.
 * @param starts row-major [n, dim]
 */
export async function ascend(field: ScoreField, starts: Float64Array, region: Region): Promise<Ascents> {
  const { dim } = field;
  const { center, scale } = region;
  const n = starts.length / dim;
  const at = starts.slice();
  const ends = new Array<AscentEnd>(n).fill('top');
  const first = await field.at(at);
  const logDensity = first.logDensity;
  const slopeOf = (score: Float64Array, i: number): Float64Array => Float64Array.from(scale, (s, c) => score[i * dim + c]! * s);
  let climbers: Climber[] = [];
  for (let row = 0; row < n; row++) {
    const slope = slopeOf(first.score, row);
    const norm = Math.hypot(...slope);
    const bend = Math.abs(first.laplacian[row]!) * Math.max(...scale) ** 2;
    if (!Number.isFinite(norm + logDensity[row]!)) ends[row] = 'escaped';
    else if (norm < flatness && bend < flatness) ends[row] = 'flat';
    else if (norm > 0) climbers.push({ row, step: longestStep / Math.max(norm, bend), log: logDensity[row]!, slope });
  }
  for (let round = 0; round < rounds && climbers.length > 0; round++) {
    const proposed = climbers.map((climber) => proposal(at, climber, region));
    const next = await field.at(Float64Array.from(proposed.flatMap((x) => Array.from(x))));
    climbers = climbers.filter((climber, i) => {
      const { row, slope } = climber;
      const x = proposed[i]!;
      const log = next.logDensity[i]!;
      if (log === Infinity || x.some((v, c) => Math.abs(v - center[c]!) > farAway * scale[c]!)) {
        ends[row] = 'escaped';
        return false;
      }
      const norm = Math.hypot(...slope);
      if (!(log >= climber.log)) {
        climber.step = Math.min(climber.step, longestStep / norm) / 4;
        return climber.step * norm * norm > leastGain;
      }
      const moved = x.map((v, c) => (v - at[row * dim + c]!) / scale[c]!);
      const nextSlope = slopeOf(next.score, i);
      const bend = moved.reduce((t, m, c) => t + m * (slope[c]! - nextSlope[c]!), 0);
      const squared = moved.reduce((t, m) => t + m * m, 0);
      climber.step = bend > 0 ? squared / bend : 2 * climber.step;
      [climber.log, climber.slope] = [log, nextSlope];
      at.set(x, row * dim);
      logDensity[row] = log;
      const nextNorm = Math.hypot(...nextSlope);
      return Math.min(climber.step * nextNorm, longestStep) * nextNorm > leastGain;
    });
  }
  return { at, logDensity, ends };
}
