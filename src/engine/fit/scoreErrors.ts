/** Where a model's score is wrong: large where there are no data (Song and Ermon 2019, section 3.2.1). */

import { gridPoints } from '../../diagnose/points';
import { differenceNorms, meanSquare } from '../../diagnose/scoreError';
import type { NamedArrays } from '../../runs/arrays';
import type { ScoreErrorRecord } from '../../runs/record';
import type { Random } from '../../shared/random';
import { type Box, errorCells, gridOn } from './boxes';
import type { FitProblem } from './problem';
import { unstandardize } from './standardization';
import { trueScore } from './trueScore';

const dataDraws = 4096;

/** Scores of the model in the user's units, [n, dim], at standardised rows. */
export type ScoreAt = (rows: Float64Array) => Promise<Float32Array>;

interface Places {
  /** Cell centres of the grid, and draws of the data, standardised. */
  readonly cells: Float64Array;
  readonly draws: Float64Array;
  readonly shape: readonly number[];
  /** The exact scores at both. */
  readonly atCells: Float64Array;
  readonly atDraws: Float64Array;
}

/** Compares scores of one problem's models with the exact one. Made once a run. */
export class ScoreErrors {
  private constructor(
    private readonly dim: number,
    private readonly places: Places,
  ) {}

  /**
   * Undefined where the exact score is unknown, and above two dimensions.
   * @param box of the map, standardised
   * @param noise of the density that is modelled, in each coordinate, in the user's units
   * @param random for draws of the data
   */
  static async create(problem: FitProblem, box: Box, noise: readonly number[], random: Random): Promise<ScoreErrors | undefined> {
    const { source, standardization } = problem;
    const field = source.dim <= 2 ? trueScore(source, noise, standardization) : null;
    if (!field || !source.distribution) return undefined;
    const axes = gridOn(box, errorCells);
    const cells = gridPoints(axes).points;
    const user = source.distribution.sample(random, dataDraws);
    for (let i = 0; i < user.length; i++) user[i]! += noise[i % source.dim]! * random.normal();
    const { mean, scale } = standardization;
    return new ScoreErrors(source.dim, {
      cells,
      draws: user.map((x, i) => (x - mean[i % source.dim]!) / scale[i % source.dim]!),
      shape: [...axes.cells].reverse(),
      atCells: (await field.at(unstandardize(cells, standardization))).score,
      atDraws: (await field.at(user)).score,
    });
  }

  /** |s_model - s_data| at cell centres, [ny, nx] or [nx], as `scoreError`. */
  async map(scoreAt: ScoreAt): Promise<NamedArrays> {
    const { cells, atCells, shape } = this.places;
    return { scoreError: { shape, data: Float32Array.from(differenceNorms(await scoreAt(cells), atCells, this.dim)) } };
  }

  /** Means of |s_model - s_data|^2: over draws of the data, and uniformly over the box of the map. Null where one is nowhere finite. */
  async figures(scoreAt: ScoreAt): Promise<ScoreErrorRecord | null> {
    const { cells, draws, atCells, atDraws } = this.places;
    const data = meanSquare(differenceNorms(await scoreAt(draws), atDraws, this.dim));
    const box = meanSquare(differenceNorms(await scoreAt(cells), atCells, this.dim));
    return data && box && { data: data.value, dataStdErr: data.stdErr, box: box.value };
  }
}
