/** Measures a model: normaliser, correction, KL, mode weights, and the pictures of a snapshot. All reports are in the user's units. */

import { type Bridge, correctedLogDensity, modelDensity, type ModelDensity, type Estimate } from '../../diagnose/density';
import { findModes } from '../../diagnose/findModes';
import { klFromDraws, klOnGrid } from '../../diagnose/kl';
import { knownModes, type ModePartition, modeWeights } from '../../diagnose/modeWeights';
import { drawnPoints, type GridAxes, gridPoints, resample, type WeightedPoints } from '../../diagnose/points';
import { adaptiveKernels } from '../../diagnose/proposal';
import type { Executor } from '../../executors/executor';
import { objectives } from '../../objectives/objectives';
import type { NamedArrays } from '../../runs/arrays';
import type { ModeRecord } from '../../runs/record';
import { Random } from '../../shared/random';
import { Evaluator, type FieldValues } from './evaluator';
import type { FitProblem } from './problem';
import { logVolume, standardize, unstandardize } from './standardization';

const overviewRows = 20_000;
/** Cells an axis of the grids: for the final figures, for those on the way, and for pictures. */
const fineCells = { 1: 4096, 2: 300 } as const;
const coarseCells = { 1: 1024, 2: 160 } as const;
const pictureCells = { 1: 512, 2: 128 } as const;
const arrowCells = { 1: 64, 2: 20 } as const;
const importanceDraws = 60_000;
const klDraws = 20_000;
const shownSamples = 2000;

export interface Evaluation {
  /** log of the integral of exp(-E) over the user's coordinates. */
  readonly logZ: Estimate;
  readonly negativeMass: number | null;
  readonly kl: Estimate | null;
  /** Mass of the data's density on the grid; null above two dimensions or where it is unknown. */
  readonly gridMass: number | null;
  readonly modes: ModeRecord[];
  readonly notes: string[];
}

type LowDimension = 1 | 2;

function range(rows: Float64Array, dim: number): { low: number[]; high: number[] } {
  const low = Array<number>(dim).fill(Infinity);
  const high = Array<number>(dim).fill(-Infinity);
  rows.forEach((v, i) => {
    low[i % dim] = Math.min(low[i % dim]!, v);
    high[i % dim] = Math.max(high[i % dim]!, v);
  });
  return { low, high };
}

function widened({ low, high }: { low: number[]; high: number[] }, share: number): { low: number[]; high: number[] } {
  const margin = low.map((l, i) => share * (high[i]! - l));
  return { low: low.map((l, i) => l - margin[i]!), high: high.map((h, i) => h + margin[i]!) };
}

/** Evaluates one problem's model at any parameters. Made once a run; owns compiled programs. */
export class ModelEvaluation {
  private readonly random: Random;
  /** Overview of the data, standardised. */
  private readonly data: Float64Array;
  private readonly partition: ModePartition;
  private readonly coarse: WeightedPoints | undefined;
  private fine: WeightedPoints | undefined;
  private readonly pictureAxes: GridAxes | undefined;
  private readonly wholeAxes: { low: number[]; high: number[] };

  private constructor(
    private readonly problem: FitProblem,
    private readonly evaluator: Evaluator,
  ) {
    const { source, standardization, mixing } = problem;
    const dim = source.dim;
    this.random = new Random(problem.seed).split('evaluation');
    const overview = source.overview(overviewRows);
    this.data = standardize(overview, standardization);
    const known = source.distribution && knownModes(source.distribution, overview);
    this.partition = known ?? findModes(this.data, dim, (z) => unstandardize(z, standardization), (x) => standardize(x, standardization));
    const draws = mixing.sample(this.random.split('box'), overviewRows);
    const [ofData, ofMixing] = [widened(range(this.data, dim), 0.25), widened(range(draws, dim), 0.05)];
    this.wholeAxes = {
      low: ofData.low.map((l, i) => Math.min(l, ofMixing.low[i]!)),
      high: ofData.high.map((h, i) => Math.max(h, ofMixing.high[i]!)),
    };
    if (dim > 2) return;
    this.coarse = gridPoints(this.axes(this.wholeAxes, coarseCells));
    this.pictureAxes = this.axes(widened(range(this.data, dim), 0.15), pictureCells);
  }

  static async create(executor: Executor, problem: FitProblem): Promise<ModelEvaluation> {
    return new ModelEvaluation(problem, await Evaluator.create(executor, problem.model, problem.mixing));
  }

  dispose(): Promise<void> {
    return this.evaluator.dispose();
  }

  private axes(box: { readonly low: readonly number[]; readonly high: readonly number[] }, cells: Readonly<Record<LowDimension, number>>): GridAxes {
    const dim = this.problem.source.dim as LowDimension;
    return { low: box.low, high: box.high, cells: Array<number>(dim).fill(cells[dim]) };
  }

  /** Weights of the model alone, without the trailing log Z of a self-normalised objective. */
  private modelParams(params: Float32Array): Float32Array {
    return params.slice(0, this.problem.initial.length);
  }

  private bridge(values: FieldValues): Bridge | undefined {
    const { settings } = this.problem;
    return objectives[settings.objective].models === 'bridged' ? { beta: settings.beta, logMixing: values.logMixing } : undefined;
  }

  private async density(points: WeightedPoints, params: Float32Array): Promise<ModelDensity> {
    const values = await this.evaluator.field(params, points.points);
    return modelDensity(points, values.energy, this.bridge(values));
  }

  /** Draws from a kernel density of the data and from m, half each, with the density of that mixture. */
  private async importancePoints(params: Float32Array): Promise<WeightedPoints> {
    const { dim } = this.problem.source;
    const random = this.random.split('importance');
    const kernels = adaptiveKernels(this.data, dim);
    const half = importanceDraws / 2;
    const rows = new Float64Array(importanceDraws * dim);
    rows.set(kernels.draw(half, random));
    rows.set(this.problem.mixing.sample(random, half), half * dim);
    const { logMixing } = await this.evaluator.field(params, rows);
    const logKernels = kernels.logDensity(rows);
    const order = Int32Array.from({ length: importanceDraws }, (_, i) => (i % 2) * half + (i >> 1));
    const mixed = new Float64Array(rows.length);
    order.forEach((from, to) => {
      mixed.set(rows.subarray(from * dim, (from + 1) * dim), to * dim);
    });
    const logProposal = Float64Array.from(order, (i) => {
      const [a, b] = [logKernels[i]!, logMixing[i]!];
      return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.LN2;
    });
    return drawnPoints(mixed, dim, logProposal);
  }

  private truth(rows: Float64Array): Float64Array | undefined {
    const { source, standardization } = this.problem;
    const volume = logVolume(standardization);
    return source.distribution?.logDensity(unstandardize(rows, standardization)).map((v) => v + volume);
  }

  /** KL on the coarse grid, for the curve during a fit; undefined where it is not known or above two dimensions. */
  async quickKl(flat: Float32Array): Promise<number | undefined> {
    if (!this.coarse) return undefined;
    const truth = (this.coarseTruth ??= this.truth(this.coarse.points));
    if (!truth) return undefined;
    const density = await this.density(this.coarse, this.modelParams(flat));
    return klOnGrid(this.coarse, truth, density.logDensity).kl.value;
  }

  private coarseTruth: Float64Array | undefined;

  /** All figures of the result. */
  async evaluate(flat: Float32Array): Promise<Evaluation> {
    const { problem } = this;
    const params = this.modelParams(flat);
    const objective = objectives[problem.settings.objective];
    const low = problem.source.dim <= 2;
    const points = low ? (this.fine ??= gridPoints(this.axes(this.wholeAxes, fineCells))) : await this.importancePoints(params);
    const density = await this.density(points, params);
    const { kl, gridMass } = await this.kl(points, density, params);
    const assigned = this.partition.assign(unstandardize(points.points, problem.standardization));
    const weights = modeWeights(points, density.logDensity, assigned, this.partition.modes.length);
    const modes = this.partition.modes.map((mode, k) => ({
      label: mode.label,
      center: [...mode.center],
      weight: weights[k]!.weight,
      weightStdErr: weights[k]!.stdErr,
      dataWeight: mode.weight,
      dataWeightStdErr: mode.stdErr,
    }));
    return {
      logZ: { value: density.logZ.value + logVolume(problem.standardization), stdErr: density.logZ.stdErr },
      negativeMass: objective.models === 'bridged' ? density.negativeMass : null,
      kl,
      gridMass,
      modes,
      notes: [...this.edgeNotes(points, density), ...this.weightNotes(density, points), ...this.constantNotes(flat, density)],
    };
  }

  private async kl(points: WeightedPoints, density: ModelDensity, params: Float32Array): Promise<{ kl: Estimate | null; gridMass: number | null }> {
    const { distribution } = this.problem.source;
    if (!distribution) return { kl: null, gridMass: null };
    if (points.kind === 'grid') {
      const { kl, mass } = klOnGrid(points, this.truth(points.points)!, density.logDensity);
      return { kl, gridMass: mass };
    }
    const rows = standardize(distribution.sample(this.random.split('kl'), klDraws), this.problem.standardization);
    const values = await this.evaluator.field(params, rows);
    const bridge = this.bridge(values);
    const logMass = Math.log(density.clampedMass);
    const logModel = values.energy.map((e, i) =>
      correctedLogDensity(e, density.logZ.value, logMass, bridge && { beta: bridge.beta, logMixing: bridge.logMixing[i]! }),
    );
    const sampled = klFromDraws(this.truth(rows)!, logModel);
    // The normaliser is estimated as well, and its error moves all log densities together.
    return { kl: { value: sampled.value, stdErr: Math.hypot(sampled.stdErr, density.logZ.stdErr) }, gridMass: null };
  }

  /** A density that leans on the edge of the grid is not confined: its normaliser is a property of the box. */
  private edgeNotes(points: WeightedPoints, { logDensity }: ModelDensity): string[] {
    if (points.kind !== 'grid') return [];
    const { low, high } = this.wholeAxes;
    let edge = 0;
    for (let i = 0; i < points.count; i++) {
      const near = low.some((l, j) => {
        const position = (points.points[i * points.dim + j]! - l) / (high[j]! - l);
        return position < 0.03 || position > 0.97;
      });
      if (near) edge += points.weights[i]! * Math.exp(logDensity[i]!);
    }
    if (edge < 0.01) return [];
    return [`${(100 * edge).toFixed(1)} % of the model's mass lies at the edge of the grid: the energy does not confine it, and KL and weights depend on the box`];
  }

  private weightNotes({ effectiveShare }: ModelDensity, points: WeightedPoints): string[] {
    if (points.kind === 'grid' || effectiveShare > 0.01) return [];
    const size = Math.round(effectiveShare * points.count);
    return [`log Z rests on an effective sample of only ${size} of ${points.count} draws: treat KL and weights with care, or choose a mixing density closer to the data`];
  }

  private constantNotes(flat: Float32Array, density: ModelDensity): string[] {
    if (!objectives[this.problem.settings.objective].selfNormalised) return [];
    const c = flat[flat.length - 1]!;
    return [`the learnt constant c is ${c.toFixed(4)}, log Z by integration ${density.logZ.value.toFixed(4)}`];
  }

  /** Arrays of a snapshot: parameters, and density and score on a grid (dim <= 2) or samples of the model. */
  async snapshot(flat: Float32Array): Promise<NamedArrays> {
    const params = this.modelParams(flat);
    const named = { params: { shape: [flat.length], data: flat } };
    if (this.pictureAxes && this.coarse) return { ...named, ...(await this.pictures(params, this.pictureAxes, this.coarse)) };
    const points = await this.importancePoints(params);
    const density = await this.density(points, params);
    const mass = density.logDensity.map((l, i) => points.weights[i]! * Math.exp(l));
    const rows = resample(points.points, points.dim, mass, shownSamples, this.random.split('samples'));
    const samples = Float32Array.from(unstandardize(rows, this.problem.standardization));
    return { ...named, samples: { shape: [shownSamples, points.dim], data: samples } };
  }

  private async pictures(params: Float32Array, axes: GridAxes, whole: WeightedPoints): Promise<NamedArrays> {
    const { standardization } = this.problem;
    const volume = logVolume(standardization);
    const total = await this.density(whole, params);
    const logMass = Math.log(total.clampedMass);
    const picture = gridPoints(axes);
    const values = await this.evaluator.field(params, picture.points);
    const bridge = this.bridge(values);
    const density = Float32Array.from(values.energy, (e, i) =>
      Math.exp(correctedLogDensity(e, total.logZ.value, logMass, bridge && { beta: bridge.beta, logMixing: bridge.logMixing[i]! }) - volume),
    );
    const arrows = this.axes(axes, arrowCells);
    const score = await this.correctedScore(params, gridPoints(arrows), total.logZ.value);
    const dim = axes.low.length;
    return {
      density: { shape: [...axes.cells].reverse(), data: density },
      extent: { shape: [2 * dim], data: this.extent(axes) },
      score: { shape: [...[...arrows.cells].reverse(), dim], data: score },
    };
  }

  private extent({ low, high }: GridAxes): Float64Array {
    const { mean, scale } = this.problem.standardization;
    return Float64Array.from(low.flatMap((l, j) => [l * scale[j]! + mean[j]!, high[j]! * scale[j]! + mean[j]!]));
  }

  /** Score of the corrected density, by the quotient rule: (p~ s~ - (1 - beta) m s_m) / (p~ - (1 - beta) m). */
  private async correctedScore(params: Float32Array, points: WeightedPoints, logZ: number): Promise<Float32Array> {
    const { settings, standardization } = this.problem;
    const bridged = objectives[settings.objective].models === 'bridged';
    const values = await this.evaluator.scoreField(params, points.points);
    return Float32Array.from(values.score, (s, k) => {
      const i = Math.floor(k / points.dim);
      const share = bridged ? (1 - settings.beta) * Math.exp(values.logMixing[i]! + values.energy[i]! + logZ) : 0;
      // Where the correction is clamped the corrected density is a share of the bridged one, and so has its score.
      const corrected = share < 1 - 1e-3 ? (s - share * values.mixingScore[k]!) / (1 - share) : s;
      return corrected / standardization.scale[k % points.dim]!;
    });
  }

  /** Arrays of data.npz: rows of the data, and the true density on the grid of the snapshots. */
  dataArrays(): NamedArrays {
    const { source, standardization } = this.problem;
    const rows = source.overview(shownSamples);
    const named = { sample: { shape: [rows.length / source.dim, source.dim], data: Float32Array.from(rows) } };
    if (!this.pictureAxes || !source.distribution) return named;
    const picture = gridPoints(this.pictureAxes);
    const truth = source.distribution.logDensity(unstandardize(picture.points, standardization));
    return { ...named, truth: { shape: [...this.pictureAxes.cells].reverse(), data: Float32Array.from(truth, Math.exp) } };
  }
}
