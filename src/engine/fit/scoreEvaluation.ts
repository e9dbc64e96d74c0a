/** Measures a score network: it has no density, so its figures are those of its particles. */

import { findModes } from '../../diagnose/findModes';
import { knownModes, type ModePartition } from '../../diagnose/modeWeights';
import { type GridAxes, gridPoints } from '../../diagnose/points';
import type { Executor } from '../../executors/executor';
import type { ScoreModel } from '../../objectives/trainingStep';
import type { NamedArrays } from '../../runs/arrays';
import type { ModeRecord } from '../../runs/record';
import { Random } from '../../shared/random';
import { AnnealedPath } from './annealedPath';
import { annealed, AnnealedSampler, type Annealing, type Watch } from './annealedSampler';
import { arrowCells, boxAround, gridOn, pictureCells, widened } from './boxes';
import type { FrameContent } from './frames';
import type { FitProblem } from './problem';
import { LevelScores } from './levelScores';
import { type ScoreAt, ScoreErrors } from './scoreErrors';
import type { DataArrays, Evaluation, RunEvaluation } from './runEvaluation';
import { standardize, unstandardize } from './standardization';

const overviewRows = 20_000;
const shownSamples = 2000;
/** Particles of the result: fewer where each has many coordinates, as images do. Own choice. */
const mostParticles = 2000;
const fewestParticles = 256;
const particleNumbers = 32_000;
const frameParticles = 500;
/** Langevin steps at each level for a live picture. */
const frameSteps = 5;

function particlesOf(dim: number): number {
  return Math.min(mostParticles, Math.max(fewestParticles, Math.round(particleNumbers / dim)));
}

interface Parts {
  readonly problem: FitProblem;
  readonly result: AnnealedSampler;
  readonly live: AnnealedSampler;
  /** What pictures of one or two dimensions need; undefined above. */
  readonly field:
    | {
        /** The grid of the arrows. */
        readonly axes: GridAxes;
        /** The score at the smallest level. */
        readonly scores: LevelScores;
        readonly errors: ScoreErrors | undefined;
      }
    | undefined;
}

/** Evaluates a score network at any parameters. Made once a run; owns compiled programs. */
export class ScoreEvaluation implements RunEvaluation {
  private readonly random: Random;
  private readonly partition: ModePartition;

  private constructor(private readonly parts: Parts) {
    const { source, standardization, seed } = parts.problem;
    this.random = new Random(seed).split('evaluation');
    const overview = source.overview(overviewRows);
    this.partition =
      (source.distribution && knownModes(source.distribution, overview)) ??
      findModes(
        standardize(overview, standardization),
        source.dim,
        (z) => unstandardize(z, standardization),
        (x) => standardize(x, standardization),
      );
  }

  static async create(executor: Executor, problem: FitProblem, model: ScoreModel): Promise<ScoreEvaluation> {
    const { source, standardization, levels } = problem;
    const box = widened(boxAround(standardize(source.overview(overviewRows), standardization), source.dim), 0.15);
    const smallest = levels.at(-1) ?? 1;
    const noise = Array.from(standardization.scale, (unit) => smallest * unit);
    return new ScoreEvaluation({
      problem,
      result: await AnnealedSampler.create(executor, model, particlesOf(source.dim)),
      live: await AnnealedSampler.create(executor, model, Math.min(frameParticles, particlesOf(source.dim))),
      field:
        source.dim <= 2
          ? {
              axes: gridOn(box, arrowCells),
              scores: await LevelScores.create(executor, model, smallest),
              errors: await ScoreErrors.create(problem, box, noise, new Random(problem.seed).split('score error')),
            }
          : undefined,
    });
  }

  private get smallest(): number {
    return this.parts.problem.levels.at(-1) ?? 1;
  }

  private annealing(stepsPerLevel: number): Annealing {
    return { levels: this.parts.problem.levels, stepsPerLevel, stepSize: annealed.stepSize };
  }

  private async particles(sampler: AnnealedSampler, flat: Float32Array, steps: number, watch?: Watch): Promise<Float32Array> {
    const drawn = await sampler.draw(flat, this.annealing(steps), this.random.split('particles'), watch);
    return Float32Array.from(unstandardize(Float64Array.from(drawn), this.parts.problem.standardization));
  }

  private modes(particles: Float32Array): ModeRecord[] {
    const { modes } = this.partition;
    const assigned = this.partition.assign(Float64Array.from(particles));
    return modes.map((mode, k) => {
      const weight = assigned.reduce((n, mode) => n + (mode === k ? 1 : 0), 0) / assigned.length;
      return {
        label: mode.label,
        center: [...mode.center],
        weight,
        weightStdErr: Math.sqrt((weight * (1 - weight)) / assigned.length),
        dataWeight: mode.weight,
        dataWeightStdErr: mode.stdErr,
      };
    });
  }

  /** Score [my, mx, 2] or [mx, 1] at the smallest level, in the user's units. */
  private async arrows(flat: Float32Array): Promise<{ readonly shape: number[]; readonly data: Float32Array } | undefined> {
    const { field } = this.parts;
    if (!field) return undefined;
    const { axes } = field;
    const data = await this.scoreAt(flat)(gridPoints(axes).points);
    return { shape: [...[...axes.cells].reverse(), axes.cells.length], data };
  }

  /** The score at the smallest level, in the user's units, at standardised rows; only where there are pictures. */
  private scoreAt(flat: Float32Array): ScoreAt {
    const { field, problem } = this.parts;
    return async (rows) => (await field!.scores.at(flat, rows)).map((v) => v / problem.standardization.scale[0]!);
  }

  private extent(): Float64Array {
    const { field, problem } = this.parts;
    const { mean, scale } = problem.standardization;
    const { low = [], high = [] } = field?.axes ?? {};
    return Float64Array.from(low.flatMap((l, j) => [l * scale[j]! + mean[j]!, high[j]! * scale[j]! + mean[j]!]));
  }

  quickKl(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async evaluate(flat: Float32Array): Promise<Evaluation> {
    const { levels, standardization } = this.parts.problem;
    const particles = await this.particles(this.parts.result, flat, annealed.stepsPerLevel);
    const unit = standardization.scale[0]!;
    const [largest, smallest] = [levels[0]! * unit, this.smallest * unit].map((v) => v.toPrecision(3));
    return {
      logZ: null,
      negativeMass: null,
      kl: null,
      gridMass: null,
      modes: this.modes(particles),
      scoreError: (await this.parts.field?.errors?.figures(this.scoreAt(flat))) ?? null,
      notes: [
        `a score network has no density: mode weights are shares of ${particles.length / standardization.mean.length} particles of annealed Langevin dynamics, ${levels.length} noise levels from ${largest} to ${smallest}, ${annealed.stepsPerLevel} steps each`,
      ],
    };
  }

  async frame(flat: Float32Array): Promise<FrameContent> {
    const particles = await this.particles(this.parts.live, flat, frameSteps);
    const score = await this.arrows(flat);
    return {
      kl: null,
      logZ: null,
      logZStdErr: NaN,
      slice: undefined,
      negativeMass: null,
      modes: this.modes(particles),
      density: undefined,
      score: score && { shape: score.shape, values: score.data },
      particles,
    };
  }

  async snapshot(flat: Float32Array): Promise<NamedArrays> {
    const { image, levels, standardization, source } = this.parts.problem;
    const path = image && new AnnealedPath(levels, standardization);
    const samples = await this.particles(this.parts.result, flat, frameSteps, path?.watch);
    const score = await this.arrows(flat);
    return {
      params: { shape: [flat.length], data: flat },
      samples: { shape: [samples.length / source.dim, source.dim], data: samples },
      ...path?.arrays(),
      ...(score && { score, extent: { shape: [this.extent().length], data: this.extent() } }),
      ...(await this.parts.field?.errors?.map(this.scoreAt(flat))),
    };
  }

  dataArrays(): DataArrays {
    const { source, standardization } = this.parts.problem;
    const rows = source.overview(shownSamples);
    const sample = { shape: [rows.length / source.dim, source.dim], data: Float32Array.from(rows) };
    const { field } = this.parts;
    if (!field || !source.distribution) return { sample };
    const { low, high } = field.axes;
    const axes = gridOn({ low, high }, pictureCells);
    const truth = source.distribution.logDensity(unstandardize(gridPoints(axes).points, standardization));
    return { sample, truth: { shape: [...axes.cells].reverse(), data: Float32Array.from(truth, Math.exp) } };
  }

  async dispose(): Promise<void> {
    await this.parts.result.dispose();
    await this.parts.live.dispose();
    await this.parts.field?.scores.dispose();
  }
}
