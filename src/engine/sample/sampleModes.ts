/** Modes of what is sampled, and what is known of their weights besides the particles. */

import type { Target } from '../../data/target';
import { findModes } from '../../diagnose/findModes';
import { knownModes, type ModePartition, modeWeights } from '../../diagnose/modeWeights';
import { type GridAxes, gridPoints, resample, type WeightedPoints } from '../../diagnose/points';
import type { Executor } from '../../executors/executor';
import { RowFunction } from '../../executors/rowFunction';
import { Random } from '../../shared/random';
import type { SampledMode, SampleInfo } from '../../shared/sampleProtocol';
import { type Box, boxAround, gridOn, union, widened } from '../fit/boxes';
import type { DataSource } from '../fit/source';
import { momentsOf, standardizationOf, standardize, unstandardize } from '../fit/standardization';
import type { KnownWeight } from './sampleTarget';

const overviewRows = 20_000;
const gridRows = 4000;
/** Cells an axis, by dimension. */
const cells = { 1: 4096, 2: 300 } as const;
/** A grid with more than this share of the mass in its outermost cells does not hold the density. Own choice. */
const edgeAllowed = 1e-3;

/** The density on a grid that holds it. */
interface GridDensity {
  readonly points: WeightedPoints;
  /** Up to a constant; the largest is 0. */
  readonly logDensity: Float64Array;
}

/** The density on the box; undefined above two dimensions, and where the box cuts it off. */
async function gridDensity(executor: Executor, target: Target, box: Box): Promise<GridDensity | undefined> {
  if (target.dim > 2) return undefined;
  const axes: GridAxes = gridOn(box, cells);
  const points = gridPoints(axes);
  const at = await RowFunction.create(executor, target.dim, (x) => [target.logDensity(x)]);
  try {
    const [values = new Float64Array()] = await at.at(points.points);
    const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const logDensity = values.map((value) => value - largest);
    if (!logDensity.every((value) => value <= 0)) return undefined;
    let [edge, total] = [0, 0];
    logDensity.forEach((value, i) => {
      const mass = Math.exp(value);
      total += mass;
      const outermost = axes.low.some((low, j) => {
        const width = ((axes.high[j] ?? 0) - low) / (axes.cells[j] ?? 1);
        const cell = ((points.points[i * target.dim + j] ?? 0) - low) / width;
        return cell < 1 || cell > (axes.cells[j] ?? 1) - 1;
      });
      if (outermost) edge += mass;
    });
    return edge <= edgeAllowed * total ? { points, logDensity } : undefined;
  } finally {
    await at.dispose();
  }
}

function partitionOf(rows: Float64Array, dim: number): ModePartition {
  const standardization = standardizationOf(momentsOf(rows, dim));
  return findModes(
    standardize(rows, standardization),
    dim,
    (z) => unstandardize(z, standardization),
    (x) => standardize(x, standardization),
  );
}

export interface ModeQuestion {
  readonly executor: Executor;
  readonly target: Target;
  /** Whether the target has a density. */
  readonly dense: boolean;
  readonly source: DataSource | null;
  /** Row-major [n, dim]. */
  readonly start: Float64Array;
  /** What a fit measured; null where there was none. */
  readonly measured: readonly KnownWeight[] | null;
  /** Whether the data's distribution is the density. */
  readonly exact: boolean;
}

/** The modes of one run: made before it starts, asked while it goes on and at the end. */
export class SampleModes {
  private constructor(
    private readonly question: ModeQuestion,
    /** From the data or from the density; undefined where only the particles can tell. */
    readonly partition: ModePartition | undefined,
  ) {}

  static async create(question: ModeQuestion): Promise<SampleModes> {
    const { executor, target, dense, source, start } = question;
    const { dim } = target;
    if (source) {
      const overview = source.overview(overviewRows);
      return new SampleModes(question, (source.distribution && knownModes(source.distribution, overview)) ?? partitionOf(overview, dim));
    }
    const grid = dense ? await gridDensity(executor, target, widened(boxAround(start, dim), 0.5)) : undefined;
    if (!grid) return new SampleModes(question, undefined);
    const rows = resample(grid.points.points, dim, grid.logDensity.map(Math.exp), gridRows, new Random(0).split('grid'));
    return new SampleModes(question, partitionOf(rows, dim));
  }

  /** Share of the particles, [n, dim], in each mode; none where modes are found at the end. */
  shares(particles: Float32Array): number[] {
    return this.partition ? sharesOf(this.partition, Float64Array.from(particles)) : [];
  }

  /** The modes that frames tell the shares of, with their weights under the density as far as these are known before the first step. */
  async announced(): Promise<SampleInfo['modes']> {
    const { partition } = this;
    if (!partition) return [];
    const own = await this.ownWeights(partition, this.question.start);
    return partition.modes.map(({ label, center }, k) => ({ label, center: [...center], weight: own?.[k]?.weight ?? null }));
  }

  /**
   * The table of modes.
   * @param independent particles that the sample is worth
   */
  async records(particles: Float32Array, independent: number): Promise<SampledMode[]> {
    const { source, target } = this.question;
    const rows = Float64Array.from(particles);
    const partition = this.partition ?? partitionOf(rows, target.dim);
    const shares = sharesOf(partition, rows);
    const own = await this.ownWeights(partition, rows);
    return partition.modes.map(({ label, center, weight, stdErr }, k) => {
      const share = shares[k] ?? 0;
      return {
        label,
        center: [...center],
        weight: share,
        weightStdErr: Math.sqrt((share * (1 - share)) / independent),
        ownWeight: own?.[k]?.weight ?? null,
        ownWeightStdErr: own?.[k]?.stdErr ?? null,
        dataWeight: source ? weight : null,
        dataWeightStdErr: source ? stdErr : null,
      };
    });
  }

  /** Weights under the density itself: by its formula, by the fit's own measure, or on a grid. */
  private async ownWeights(
    partition: ModePartition,
    particles: Float64Array,
  ): Promise<readonly { readonly weight: number; readonly stdErr: number }[] | undefined> {
    const { executor, target, dense, source, start, measured, exact } = this.question;
    if (exact) return partition.modes;
    if (measured?.length === partition.modes.length && measured.every(({ label }, k) => label === partition.modes[k]?.label))
      return measured;
    if (!dense) return undefined;
    const { dim } = target;
    const seen = union(boxAround(start, dim), boxAround(particles, dim));
    const grid = await gridDensity(
      executor,
      target,
      widened(source ? union(seen, boxAround(source.overview(overviewRows), dim)) : seen, 0.25),
    );
    return grid && modeWeights(grid.points, grid.logDensity, partition.assign(grid.points.points), partition.modes.length);
  }
}

function sharesOf(partition: ModePartition, rows: Float64Array): number[] {
  const counts = new Float64Array(partition.modes.length);
  const assigned = partition.assign(rows);
  for (const k of assigned) counts[k] = (counts[k] ?? 0) + 1;
  return Array.from(counts, (count) => count / assigned.length);
}
