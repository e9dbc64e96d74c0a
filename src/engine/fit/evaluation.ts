/** Measures a model: normaliser, correction, KL, mode weights, pictures. Works in standardised coordinates, reports in the user's. */

import { type Bridge, correctedLogDensity, modelDensity, type ModelDensity } from '../../diagnose/density';
import { findModes } from '../../diagnose/findModes';
import { klFromDraws, klOnGrid } from '../../diagnose/kl';
import { knownModes, type ModePartition } from '../../diagnose/modeWeights';
import { type GridAxes, gridPoints, type WeightedPoints } from '../../diagnose/points';
import type { Executor } from '../../executors/executor';
import { objectives } from '../../objectives/objectives';
import type { Model } from '../../objectives/trainingStep';
import type { NamedArrays } from '../../runs/arrays';
import type { FrameSlice, SliceView } from '../../shared/protocol';
import { Random } from '../../shared/random';
import { type Box, boxAround, coarseCells, fineCells, gridOn, pictureCells, union, widened } from './boxes';
import { Evaluator, type FieldValues } from './evaluator';
import { fewerDraws, type FrameContent, frameContent, type FramePoints, modeRecords } from './frames';
import { importancePoints } from './importance';
import { evaluationNotes } from './notes';
import { correctedScore, type Picture, pictureArrays, type PictureOptions, sampleArrays } from './pictures';
import type { FitProblem } from './problem';
import type { DataArrays, Evaluation, RunEvaluation } from './runEvaluation';
import { ScoreErrors } from './scoreErrors';
import { fitsView, sliceOf } from './slices';
import { logVolume, standardize, unstandardize } from './standardization';

const overviewRows = 20_000;
const klDraws = 20_000;
const shownSamples = 2000;

/** Evaluates one problem's model at any parameters. Made once a run; owns compiled programs. */
export class ModelEvaluation implements RunEvaluation {
  private readonly random: Random;
  /** Overview of the data, standardised. */
  private readonly data: Float64Array;
  private readonly partition: ModePartition;
  /** Holds the data and m. */
  private readonly box: Box;
  private readonly low: boolean;
  /** What pictures show of each coordinate. */
  private readonly shownBox: Box;
  private readonly pictureAxes: GridAxes | undefined;
  private scoreErrors: Promise<ScoreErrors | undefined> | undefined;
  private drawn: Promise<WeightedPoints> | undefined;
  private framePoints: Promise<FramePoints> | undefined;
  /** What was last computed of a model, by its parameters: a snapshot, its KL and a frame of one step share it. */
  private shared: { readonly flat: Float32Array; density?: Promise<ModelDensity>; picture?: Promise<Picture> } | undefined;
  private coarse: { readonly points: WeightedPoints; readonly truth: Float64Array | undefined } | undefined;

  private readonly evaluator: Evaluator;

  constructor(
    executor: Executor,
    private readonly problem: FitProblem,
    model: Model,
  ) {
    this.evaluator = new Evaluator(executor, model, problem.mixing);
    const { source, standardization, mixing } = problem;
    const { dim } = source;
    this.random = new Random(problem.seed).split('evaluation');
    const overview = source.overview(overviewRows);
    this.data = standardize(overview, standardization);
    const known = source.distribution && knownModes(source.distribution, overview);
    this.partition =
      known ??
      findModes(
        this.data,
        dim,
        (z) => unstandardize(z, standardization),
        (x) => standardize(x, standardization),
      );
    const ofData = boxAround(this.data, dim);
    const ofMixing = boxAround(mixing.sample(this.random.split('box'), overviewRows), dim);
    this.box = union(widened(ofData, 0.25), widened(ofMixing, 0.05));
    this.low = dim <= 2;
    this.shownBox = widened(ofData, 0.15);
    this.pictureAxes = this.low ? gridOn(this.shownBox, pictureCells) : undefined;
  }

  dispose(): Promise<void> {
    return this.evaluator.dispose();
  }

  /** The model's own parameters, without the trailing constant of a self-normalised objective. */
  private modelParams(flat: Float32Array): Float32Array {
    return flat.slice(0, this.problem.initial.length);
  }

  private get beta(): number | undefined {
    const { settings } = this.problem;
    return objectives[settings.objective].models === 'bridged' ? settings.beta : undefined;
  }

  private bridge(values: FieldValues): Bridge | undefined {
    return this.beta === undefined ? undefined : { beta: this.beta, logMixing: values.logMixing };
  }

  private async density(points: WeightedPoints, params: Float32Array): Promise<ModelDensity> {
    return this.densityOf(points, await this.evaluator.field(params, points.points));
  }

  /** Where the energy is no number, there is no mass. */
  private densityOf(points: WeightedPoints, values: FieldValues): ModelDensity {
    const energies = values.energy.map((energy) => (Number.isNaN(energy) || energy === -Infinity ? Infinity : energy));
    return modelDensity(points, energies, this.bridge(values));
  }

  /** Made once: they depend on data and m, not on the model. */
  private draws(): Promise<WeightedPoints> {
    const logMixingAt = async (rows: Float64Array): Promise<Float64Array> =>
      (await this.evaluator.field(this.problem.initial, rows)).logMixing;
    return (this.drawn ??= importancePoints(
      this.data,
      this.problem.source.dim,
      this.problem.mixing,
      logMixingAt,
      this.random.split('importance'),
    ));
  }

  /** log p of standardised rows, normalised in standardised coordinates. */
  private truth(rows: Float64Array): Float64Array | undefined {
    const { source, standardization } = this.problem;
    const volume = logVolume(standardization);
    return source.distribution?.logDensity(unstandardize(rows, standardization)).map((v) => v + volume);
  }

  private coarseGrid(): { readonly points: WeightedPoints; readonly truth: Float64Array | undefined } {
    if (!this.coarse) {
      const points = gridPoints(gridOn(this.box, coarseCells));
      this.coarse = { points, truth: this.truth(points.points) };
    }
    return this.coarse;
  }

  /** KL on a coarse grid, for the curve during a fit; undefined where it is not known or above two dimensions. */
  async quickKl(flat: Float32Array): Promise<number | undefined> {
    if (!this.low) return undefined;
    const { points, truth } = this.coarseGrid();
    if (!truth) return undefined;
    return klOnGrid(points, truth, (await this.coarseDensity(flat)).logDensity).kl.value;
  }

  /** All figures of the result. */
  async evaluate(flat: Float32Array): Promise<Evaluation> {
    const { problem, partition } = this;
    const params = this.modelParams(flat);
    const points = this.low ? gridPoints(gridOn(this.box, fineCells)) : await this.draws();
    const values = await this.evaluator.field(params, points.points);
    const density = this.densityOf(points, values);
    const assigned = partition.assign(unstandardize(points.points, problem.standardization));
    return {
      logZ: { value: density.logZ.value + logVolume(problem.standardization), stdErr: density.logZ.stdErr },
      negativeMass: this.beta === undefined ? null : density.negativeMass,
      ...(await this.kl(points, density, params)),
      modes: modeRecords(partition, points, density.logDensity, assigned),
      scoreError: (await (await this.errors())?.figures(this.scoreAt(params, density))) ?? null,
      notes: [...evaluationNotes(points, values.energy, density, { box: this.box, beta: this.beta }), ...this.constantNotes(flat, density)],
    };
  }

  private async kl(points: WeightedPoints, density: ModelDensity, params: Float32Array): Promise<Pick<Evaluation, 'kl' | 'gridMass'>> {
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

  private constantNotes(flat: Float32Array, density: ModelDensity): string[] {
    if (!objectives[this.problem.settings.objective].selfNormalised) return [];
    const c = flat[flat.length - 1]! + logVolume(this.problem.standardization);
    const logZ = density.logZ.value + logVolume(this.problem.standardization);
    return [`the learnt constant c is ${c.toFixed(4)}, log Z by integration ${logZ.toFixed(4)}`];
  }

  private pictureOptions(params: Float32Array, normalised: ModelDensity): PictureOptions {
    const { evaluator, beta } = this;
    return { evaluator, params, standardization: this.problem.standardization, beta, normalised };
  }

  /** Undefined for a view of another space. */
  private async sliceAt(view: SliceView | null, params: Float32Array, normalised: ModelDensity): Promise<FrameSlice | undefined> {
    const { source, standardization } = this.problem;
    if (view === null || !fitsView(view, source.dim)) return undefined;
    const truth = (rows: Float64Array): Float64Array | undefined => source.distribution?.logDensity(unstandardize(rows, standardization));
    return sliceOf(view, { ...this.pictureOptions(params, normalised), box: this.shownBox, truth });
  }

  /** The model on a plane, in the user's units; undefined for a view of another space, or of fewer than three dimensions. */
  async slice(flat: Float32Array, view: SliceView): Promise<FrameSlice | undefined> {
    const params = this.modelParams(flat);
    const { points } = await (this.framePoints ??= this.makeFramePoints());
    return this.sliceAt(view, params, await this.density(points, params));
  }

  /** Made once; undefined where the score of what is modelled is unknown. */
  private errors(): Promise<ScoreErrors | undefined> {
    const { problem } = this;
    const { scale } = problem.standardization;
    const noise = Array.from(scale, (unit, j) =>
      objectives[problem.settings.objective].noise === 'gaussian' ? problem.sigma[j]! * unit : 0,
    );
    return (this.scoreErrors ??= ScoreErrors.create(problem, this.shownBox, noise, this.random.split('score error')));
  }

  private scoreAt(params: Float32Array, normalised: ModelDensity): (rows: Float64Array) => Promise<Float32Array> {
    return (rows) => correctedScore(rows, this.pictureOptions(params, normalised));
  }

  private sharedBy(flat: Float32Array): NonNullable<ModelEvaluation['shared']> {
    return this.shared?.flat === flat ? this.shared : (this.shared = { flat });
  }

  /** The density on the coarse grid. */
  private coarseDensity(flat: Float32Array): Promise<ModelDensity> {
    return (this.sharedBy(flat).density ??= this.density(this.coarseGrid().points, this.modelParams(flat)));
  }

  private picture(axes: GridAxes, flat: Float32Array): Promise<Picture> {
    const make = async (): Promise<Picture> =>
      pictureArrays(axes, this.pictureOptions(this.modelParams(flat), await this.coarseDensity(flat)));
    return (this.sharedBy(flat).picture ??= make());
  }

  private async makeFramePoints(): Promise<FramePoints> {
    const { points, truth } = this.low ? this.coarseGrid() : { points: fewerDraws(await this.draws()), truth: undefined };
    return { points, truth, assigned: this.partition.assign(unstandardize(points.points, this.problem.standardization)) };
  }

  /**
   * A live picture, in the user's units; the caller owns its arrays. Coarser than `evaluate`, and does not disturb it.
   * @param view the slice that it has; null for none
   */
  async frame(flat: Float32Array, view: SliceView | null = null): Promise<FrameContent> {
    const { partition, pictureAxes: axes } = this;
    const at = await (this.framePoints ??= this.makeFramePoints());
    const density = this.low ? await this.coarseDensity(flat) : await this.density(at.points, this.modelParams(flat));
    return frameContent({
      ...at,
      partition,
      density,
      bridged: this.beta !== undefined,
      standardization: this.problem.standardization,
      picture: axes && { axes, arrays: await this.picture(axes, flat) },
      slice: await this.sliceAt(view, this.modelParams(flat), density),
      random: this.random.split('frame'),
    });
  }

  /** Arrays of a snapshot: parameters, and density and score on a grid (dim <= 2) or samples of the model. */
  async snapshot(flat: Float32Array): Promise<NamedArrays> {
    const { standardization } = this.problem;
    const own = { params: { shape: [flat.length], data: flat } };
    if (this.pictureAxes) {
      const scoreAt = this.scoreAt(this.modelParams(flat), await this.coarseDensity(flat));
      return { ...own, ...(await this.picture(this.pictureAxes, flat)), ...(await (await this.errors())?.map(scoreAt)) };
    }
    const points = await this.draws();
    return {
      ...own,
      ...sampleArrays(
        points,
        await this.density(points, this.modelParams(flat)),
        shownSamples,
        standardization,
        this.random.split('samples'),
      ),
    };
  }

  /** Arrays of data.npz: rows of the data, and the true density on the grid of the snapshots. */
  dataArrays(): DataArrays {
    const { source, standardization } = this.problem;
    const rows = source.overview(shownSamples);
    const named = { sample: { shape: [rows.length / source.dim, source.dim], data: Float32Array.from(rows) } };
    if (!this.pictureAxes || !source.distribution) return named;
    const truth = source.distribution.logDensity(unstandardize(gridPoints(this.pictureAxes).points, standardization));
    return { ...named, truth: { shape: [...this.pictureAxes.cells].reverse(), data: Float32Array.from(truth, Math.exp) } };
  }
}
