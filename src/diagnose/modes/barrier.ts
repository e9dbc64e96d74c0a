/** The passes between maxima, along paths of least energy: a string method (E, Ren and Vanden-Eijnden 2007). */

import type { ScoreField } from '../fields/scoreField';

/** Two maxima; places are in lengths of the region. */
export interface MaximaPair {
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** A path that keeps above this log density is good enough and is left alone. */
  readonly enough: number;
}

const images = 15;
const rounds = 40;

/** Points at equal distances along a chain of points, its ends included. */
function evenly(chain: readonly Float64Array[], count: number): Float64Array[] {
  const lengths = chain.map((x, i) => (i === 0 ? 0 : Math.hypot(...x.map((v, c) => v - chain[i - 1]![c]!))));
  const total = lengths.reduce((a, b) => a + b, 0);
  const out: Float64Array[] = [];
  let [link, passed] = [1, 0];
  for (let i = 0; i < count; i++) {
    const wanted = (total * i) / (count - 1);
    while (link < chain.length - 1 && passed + lengths[link]! < wanted) passed += lengths[link++]!;
    const share = lengths[link]! > 0 ? Math.min(1, (wanted - passed) / lengths[link]!) : 0;
    out.push(chain[link - 1]!.map((v, c) => v + share * (chain[link]![c]! - v)));
  }
  return out;
}

/** One image moved up the density at right angles to its path: by Newton's step for the mean curvature, at most `longest`. */
function relaxed(
  x: Float64Array,
  before: Float64Array,
  after: Float64Array,
  slope: Float64Array,
  bend: number,
  longest: number,
): Float64Array {
  const tangent = after.map((v, c) => v - before[c]!);
  const squared = tangent.reduce((t, v) => t + v * v, 0) || 1;
  const along = tangent.reduce((t, v, c) => t + v * slope[c]!, 0) / squared;
  const across = slope.map((s, c) => s - along * tangent[c]!);
  const norm = Math.hypot(...across);
  if (!(norm > 0) || !Number.isFinite(norm)) return x;
  const length = Math.min(norm / Math.max(Math.abs(bend), 1e-12), longest);
  return x.map((v, c) => v + (length * across[c]!) / norm);
}

/**
 * For every pair the log density at the lowest place between its ends of the highest path that was found. Any path gives a bound from
 * below, so the best seen counts. All images of all paths are rows of one evaluation.
 * @param scale the region's lengths, which places are divided by
 * @param relax whether paths bend to the density, or stay straight
 */
export async function passLevels(
  field: ScoreField,
  pairs: readonly MaximaPair[],
  scale: readonly number[],
  relax = true,
): Promise<Float64Array> {
  const { dim } = field;
  const best = new Float64Array(pairs.length).fill(-Infinity);
  let active = pairs.map((pair, index) => ({ index, path: evenly([pair.from, pair.to], images) }));
  const bendScale = Math.max(...scale) ** 2;
  for (let round = 0; round < (relax ? rounds : 1) && active.length > 0; round++) {
    const inner = active.flatMap(({ path }) => path.slice(1, -1));
    const rows = Float64Array.from(inner.flatMap((x) => Array.from(x, (v, c) => v * scale[c]!)));
    const { logDensity, score, laplacian } = await field.at(rows);
    active.forEach((entry, a) => {
      const begin = a * (images - 2);
      let lowest = Infinity;
      for (let i = 0; i < images - 2; i++) lowest = Math.min(lowest, logDensity[begin + i]!);
      if (lowest > best[entry.index]!) best[entry.index] = lowest;
      const { path } = entry;
      const spacing = Math.hypot(...path[1]!.map((v, c) => v - path[0]![c]!));
      // Shorter and shorter steps: what a step too long stirs up comes to rest.
      const longest = 0.5 * spacing * (1 - round / rounds);
      const moved = path.map((x, i) => {
        if (i === 0 || i === images - 1) return x;
        const row = begin + i - 1;
        const slope = Float64Array.from(scale, (s, c) => score[row * dim + c]! * s);
        return relaxed(x, path[i - 1]!, path[i + 1]!, slope, laplacian[row]! * bendScale, longest);
      });
      entry.path = evenly(moved, images);
    });
    active = active.filter(({ index }) => best[index]! < pairs[index]!.enough);
  }
  return best;
}
