/** The pictures of a pair as a page is told them: densities at every cell, scores at some. */

import type { DensityPicture, PairPictures } from '../../diagnose/divergence/pictures';
import type { Box } from '../../diagnose/gridCloud';
import type { DiagnosisPictures, PairScores } from '../../shared/diagnosis';

/** Cells of a coordinate of pictures and curves, by dimension: 1, 2. */
export const cells = [1024, 96] as const;
/**
 * Of so many cells along each coordinate the middle one has its score kept: of an odd number, the middle one's centre is the
 * block's, so that nothing is interpolated. A line has all, since a score turns within a small part of the picture between two modes.
 */
const block = [1, 3] as const;

/** Scores at the middle cells of blocks of a grid with `side` cells along each coordinate, [n, dim] to [m, dim]. */
function middles(score: Float64Array, side: number, dim: number, every: number): Float32Array {
  const kept = side / every;
  const middle = (every - 1) / 2;
  return Float32Array.from({ length: kept ** dim * dim }, (_, at) => {
    const cell = Math.floor(at / dim);
    let from = 0;
    for (let axis = 0; axis < dim; axis++) from += ((Math.floor(cell / kept ** axis) % kept) * every + middle) * side ** axis;
    return score[from * dim + (at % dim)]!;
  });
}

/** Pictures of a grid cloud over `box`, which has one or two dimensions and `cells` cells along each. */
export function picturesOver({ low, high }: Box, { p, q, bridgedP, bridgedQ }: Omit<PairPictures, 'points'>): DiagnosisPictures {
  const dim = low.length;
  const [side, every] = dim === 1 ? [cells[0], block[0]] : [cells[1], block[1]];
  const densityOf = ({ density }: DensityPicture): Float32Array => Float32Array.from(density);
  const scoreOf = ({ score }: DensityPicture): Float32Array => middles(score, side, dim, every);
  const scores: PairScores = {
    shape: [...low.map(() => side / every), dim],
    p: scoreOf(p),
    tilted: scoreOf(q),
    bridgedP: scoreOf(bridgedP),
    bridgedTilted: scoreOf(bridgedQ),
  };
  return {
    shape: low.map(() => side),
    extent: low.flatMap((from, j) => [from, high[j]!]),
    p: densityOf(p),
    tilted: densityOf(q),
    bridgedP: densityOf(bridgedP),
    bridgedTilted: densityOf(bridgedQ),
    scores,
  };
}
