/** Builds one optimiser step of any objective as a graph: forward pass, derivatives, reverse pass, Adam. */

import type { LoopProgram } from '../executors/executor';
import { gradient } from '../graph/differentiate';
import { type Graph, type Node, type Shape, sizeOf } from '../graph/graph';
import { concat, reshape, sliceAxis } from '../graph/ops';
import { createGraph } from '../graph/table';
import type { FitSettings } from '../shared/settings';
import { objectives } from './objectives';
import { adamStep, scheduleLength } from './optimizer';

/** What any network that is trained has. */
interface Network {
  readonly dim: number;
  readonly paramShapes: readonly Shape[];
}

/** An energy that can be put into any graph. */
export interface Model extends Network {
  /** Energy [n] of the rows of x [n, dim] with parameters of paramShapes. */
  readonly energy: (x: Node, params: readonly Node[]) => Node;
}

/** A score network that can be put into any graph. */
export interface ScoreModel extends Network {
  /** Score [n, dim] of the data with noise sigma [n, 1], at the rows of x [n, dim]. */
  readonly score: (x: Node, sigma: Node, params: readonly Node[]) => Node;
}

export type Trainable = Model | ScoreModel;

export interface TrainingOptions {
  readonly model: Trainable;
  readonly settings: FitSettings;
  /** log m of rows in the coordinates of the minibatch; needed by bridged, self-normalised objectives. */
  readonly mixingLogDensity: (x: Node) => Node;
  /** Noise of denoising and of noise-annealed score matching, one number a coordinate. */
  readonly sigma: readonly number[];
}

/** State: params, firstMoment, secondMoment, average (all [P]). Per step: x, schedule, and noise and levels where the objective wants them. Records: loss, gradient norm. */
export type TrainingStep = LoopProgram;

/** Number of trained scalars: all parameters, and log Z where the objective has it as one. */
export function flatSize(model: Trainable, selfNormalised: boolean): number {
  return model.paramShapes.reduce((n, shape) => n + sizeOf(shape), selfNormalised ? 1 : 0);
}

/** Tensors of the given shapes out of one flat vector. */
export function unflatten(flat: Node, shapes: readonly Shape[]): Node[] {
  let begin = 0;
  return shapes.map((shape) => {
    const size = sizeOf(shape);
    const part = reshape(sliceAxis(flat, 0, begin, size), shape);
    begin += size;
    return part;
  });
}

function flatten(parts: readonly Node[]): Node {
  return concat(
    parts.map((part) => reshape(part, [sizeOf(part.shape)])),
    0,
  );
}

/** What is fed into one step besides the parameters. */
export interface StepInputs {
  /** The minibatch, [n, dim]. */
  readonly x: Node;
  /** [n, dim], where the objective wants noise. */
  readonly noise: Node | undefined;
  /** [n, 1], where it wants levels. */
  readonly levels: Node | undefined;
}

function absent(what: string): never {
  throw new RangeError(`this network has no ${what}`);
}

/** The loss and its gradient with respect to the flat parameters. */
export function lossAndGradient(
  graph: Graph,
  flat: Node,
  { x, noise, levels }: StepInputs,
  options: TrainingOptions,
): { loss: Node; gradient: Node } {
  const { model, settings } = options;
  const objective = objectives[settings.objective];
  const shapes = objective.selfNormalised ? [...model.paramShapes, []] : model.paramShapes;
  const parts = unflatten(flat, shapes);
  const params = parts.slice(0, model.paramShapes.length);
  const loss = objective.loss({
    graph,
    x,
    noise,
    energy: (rows) => ('energy' in model ? model.energy(rows, params) : absent('energy')),
    score: (rows, sigma) => ('score' in model ? model.score(rows, sigma, params) : absent('score')),
    levels,
    mixingLogDensity: options.mixingLogDensity,
    logNormalizer: objective.selfNormalised ? parts[parts.length - 1] : undefined,
    beta: settings.beta,
    sigma: options.sigma,
  });
  return { loss, gradient: flatten(gradient(loss, parts)) };
}

export function trainingStep(options: TrainingOptions): TrainingStep {
  const { model, settings } = options;
  const objective = objectives[settings.objective];
  const graph = createGraph();
  const size = flatSize(model, objective.selfNormalised);
  const vector = (name: string) => graph.input(name, [size]);
  const params = vector('params');
  const firstMoment = vector('firstMoment');
  const secondMoment = vector('secondMoment');
  const average = vector('average');
  const x = graph.input('x', [settings.batch, model.dim]);
  const schedule = graph.input('schedule', [scheduleLength]);
  const noise = objective.noise === 'none' ? undefined : graph.input('noise', [settings.batch, model.dim]);
  const levels = objective.levels !== 'none' ? graph.input('levels', [settings.batch, 1]) : undefined;
  const { loss, gradient: slope } = lossAndGradient(graph, params, { x, noise, levels }, options);
  const { next, gradientNorm } = adamStep({ params, firstMoment, secondMoment, average }, slope, schedule, settings.clip);
  return {
    state: [
      { input: params, next: next.params },
      { input: firstMoment, next: next.firstMoment },
      { input: secondMoment, next: next.secondMoment },
      { input: average, next: next.average },
    ],
    perStep: [x, schedule, ...(noise ? [noise] : []), ...(levels ? [levels] : [])],
    records: [loss, gradientNorm],
  };
}
