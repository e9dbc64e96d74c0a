import { scored, type Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import { checkFinite } from '../diagnoseError';

const mostRows = 4096;

/** A target's log density and score at rows, each compiled once. Whoever creates one disposes it. */
export class ModelRows {
  private constructor(
    private readonly dim: number,
    private readonly density: RowFunction,
    private readonly score: RowFunction,
  ) {}

  /** @param rows the rows that are asked for at once, for the size of a call */
  static async create(executor: Executor, target: Target, rows: number): Promise<ModelRows> {
    const perCall = Math.min(mostRows, rows);
    const density = await RowFunction.create(executor, target.dim, (x) => [target.logDensity(x)], perCall);
    const score = await RowFunction.create(executor, target.dim, (x) => [scored(target, x).score], perCall);
    return new ModelRows(target.dim, density, score);
  }

  /** Log densities up to a constant, [n], at rows [n, dim]; may be infinite or NaN. */
  async logDensities(rows: Float64Array): Promise<Float64Array> {
    const [values] = await this.density.at(rows);
    return values!;
  }

  /**
   * Scores at rows, [n, dim].
   * @throws DiagnoseError where one is not finite
   */
  async scores(rows: Float64Array): Promise<Float64Array> {
    const [values] = await this.score.at(rows);
    checkFinite("The model's score", values!, this.dim);
    return values!;
  }

  async dispose(): Promise<void> {
    await this.density.dispose();
    await this.score.dispose();
  }
}
