import type { Random } from '../shared/random';

/**
 * Points with weights such that the integral of f is about the sum of weights[i] f(points[i]). A grid (quadrature) or draws of
 * a known density (importance sampling): what follows needs no other distinction.
 */
export interface WeightedPoints {
  readonly dim: number;
  readonly count: number;
  /** Row-major [count, dim]. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
  /**
   * Disjoint groups for standard errors. Draws: each group is a sample of its own. Grid: two interleaved grids, each
   * of which is a coarser quadrature.
   */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** Draws are independent; a grid is not random and its groups tell its discretisation error. */
  readonly kind: 'grid' | 'draws';
}

export interface GridAxes {
  /** Lower and upper edge of the box in each coordinate. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Cells in each coordinate. */
  readonly cells: readonly number[];
}

/** Centres of the cells of axis j. */
export function cellCentres({ low, high, cells }: GridAxes, axis: number): Float64Array {
  const n = cells[axis]!;
  const step = (high[axis]! - low[axis]!) / n;
  return Float64Array.from({ length: n }, (_, i) => low[axis]! + (i + 0.5) * step);
}

/** Midpoint rule on a box of dimension 1 or 2. Row-major with the last coordinate slowest ([ny, nx]), as pictures are stored. */
export function gridPoints(axes: GridAxes): WeightedPoints {
  const dim = axes.low.length;
  const centres = axes.cells.map((_, j) => cellCentres(axes, j));
  const count = axes.cells.reduce((a, b) => a * b, 1);
  const points = new Float64Array(count * dim);
  const groups = new Int32Array(count);
  const nx = axes.cells[0]!;
  for (let i = 0; i < count; i++) {
    const [ix, iy] = [i % nx, Math.floor(i / nx)];
    points[i * dim] = centres[0]![ix]!;
    if (dim === 2) points[i * dim + 1] = centres[1]![iy]!;
    groups[i] = (ix + iy) % 2;
  }
  const volume = axes.cells.reduce((v, n, j) => (v * (axes.high[j]! - axes.low[j]!)) / n, 1);
  return { dim, count, points, weights: new Float64Array(count).fill(volume), groups, groupCount: 2, kind: 'grid' };
}

const drawGroups = 20;

/** Importance-sampling points: `count` draws of a proposal with log density `logProposal` at the draws. */
export function drawnPoints(points: Float64Array, dim: number, logProposal: Float64Array): WeightedPoints {
  const count = logProposal.length;
  return {
    dim,
    count,
    points,
    weights: logProposal.map((l) => Math.exp(-l) / count),
    groups: Int32Array.from({ length: count }, (_, i) => i % drawGroups),
    groupCount: drawGroups,
    kind: 'draws',
  };
}

/** Rows drawn from weighted points in proportion to `mass` (systematic resampling); row-major [n, dim]. */
export function resample(points: Float64Array, dim: number, mass: Float64Array, n: number, random: Random): Float64Array {
  const total = mass.reduce((a, b) => a + b, 0);
  const out = new Float64Array(n * dim);
  let cumulative = 0;
  let i = -1;
  const start = random.uniform();
  for (let k = 0; k < n; k++) {
    const target = ((k + start) / n) * total;
    while (cumulative <= target && i < mass.length - 1) cumulative += mass[++i]!;
    out.set(points.subarray(Math.max(i, 0) * dim, (Math.max(i, 0) + 1) * dim), k * dim);
  }
  return out;
}
