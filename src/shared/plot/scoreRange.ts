import type { DiagnosisPictures } from '../diagnosis';

/** Share of the peak of a density from which on its score counts: far from mass a score may be of any size. Own choice. */
const leastShare = 1e-3;
/** Air above and below, as a share of the range. */
const air = 0.06;

/**
 * Where the axis of the scores of a line begins and ends: what each of the four reaches where its density is above a thousandth
 * of its peak. [-1, 1] where none of them is finite there.
 */
export function scoreRange(pictures: DiagnosisPictures): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const name of ['p', 'tilted', 'bridgedP', 'bridgedTilted'] as const) {
    const [density, score] = [pictures[name], pictures.scores[name]];
    const peak = density.reduce((top, value) => (value > top ? value : top), 0);
    score.forEach((value, cell) => {
      // The densities may be on a finer grid.
      const at = Math.floor(((cell + 0.5) / score.length) * density.length);
      if (!Number.isFinite(value) || !(density[at]! > leastShare * peak)) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
  }
  if (!(high > low)) return low <= high ? [low - 1, high + 1] : [-1, 1];
  const pad = air * (high - low);
  return [low - pad, high + pad];
}
