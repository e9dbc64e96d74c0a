/** A density at rows, as diagnoses ask for it, whatever computes it: a closed form in float64, or a graph on an executor. */

export interface Scores {
  /** log p up to a constant that is the same for all rows, [n]. */
  readonly logDensity: Float64Array;
  /** grad log p, [n, dim]. */
  readonly score: Float64Array;
  /** Laplacian of log p, [n]. */
  readonly laplacian: Float64Array;
}

export interface ScoreField {
  readonly dim: number;
  /** @param rows row-major [n, dim] */
  at(rows: Float64Array): Promise<Scores>;
}
