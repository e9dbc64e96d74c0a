import type { Node } from '../graph/graph';
import { add, mul, square, sub, sum } from '../graph/ops';
import type { Random } from '../shared/random';

/** A broad Gaussian N(mean, diag(std)^2) of known normaliser, from which samplers come to the target. */
export class GaussianReference {
  readonly dim: number;

  /** @param mean [dim] @param std [dim], positive */
  constructor(
    readonly mean: readonly number[],
    readonly std: readonly number[],
  ) {
    this.dim = mean.length;
  }

  /**
   * With the mean of a cloud, [n, dim], and its standard deviation times `widening` per coordinate; a cloud of one point,
   * which has no spread, gets deviation `widening`.
   */
  static of(cloud: Float64Array, dim: number, widening: number): GaussianReference {
    const n = cloud.length / dim;
    const mean = new Array<number>(dim).fill(0);
    const square = new Array<number>(dim).fill(0);
    cloud.forEach((value, i) => (mean[i % dim] = (mean[i % dim] ?? 0) + value / n));
    cloud.forEach((value, i) => (square[i % dim] = (square[i % dim] ?? 0) + (value - (mean[i % dim] ?? 0)) ** 2 / n));
    return new GaussianReference(
      mean,
      square.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1) * widening),
    );
  }

  /** Draws, row-major [n, dim]. */
  sample(random: Random, n: number): Float64Array {
    const out = new Float64Array(n * this.dim);
    random.fillNormal(out);
    return out.map((z, i) => (this.mean[i % this.dim] ?? 0) + (this.std[i % this.dim] ?? 0) * z);
  }

  private get logNorm(): number {
    return this.std.reduce((total, std) => total - Math.log(std), (-this.dim / 2) * Math.log(2 * Math.PI));
  }

  /** Normalised log density of each row of x, [n, dim], in float64. */
  logDensityAt(x: Float64Array): Float64Array {
    const out = new Float64Array(x.length / this.dim).fill(this.logNorm);
    x.forEach((value, i) => {
      const row = Math.floor(i / this.dim);
      out[row] = (out[row] ?? 0) - 0.5 * ((value - (this.mean[i % this.dim] ?? 0)) / (this.std[i % this.dim] ?? 1)) ** 2;
    });
    return out;
  }

  private standardised(x: Node): Node {
    const { graph } = x;
    const inverse = this.std.map((std) => 1 / std);
    return mul(sub(x, graph.constant(this.mean, [this.dim])), graph.constant(inverse, [this.dim]));
  }

  /** Normalised log density, [m], at the rows of x, [m, dim]. */
  logDensity(x: Node): Node {
    return add(mul(sum(square(this.standardised(x)), 1), -0.5), this.logNorm);
  }

  /** Score, [m, dim]. */
  score(x: Node): Node {
    const inverse = this.std.map((std) => -1 / std);
    return mul(this.standardised(x), x.graph.constant(inverse, [this.dim]));
  }
}
