/** Builds one optimiser step of any objective as a graph: forward pass, derivatives, reverse pass, Adam. */

import type { LoopProgram } from '../executors/executor';
import { gradient } from '../graph/differentiate';
import { type Graph, type Node, type Shape, sizeOf } from '../graph/graph';
import { concat, reshape, sliceAxis } from '../graph/ops';
import { createGraph } from '../graph/table';
import type { FitSettings } from '../shared/settings';
import { objectives } from './objectives';
import { adamStep, scheduleLength } from './optimizer';

/** An energy that can be put into any graph. */
export interface Model {
  readonly dim: number;
  readonly paramShapes: readonly Shape[];
  /** Energy [n] of the rows of x [n, dim] with parameters of paramShapes. */
  readonly energy: (x: Node, params: readonly Node[]) => Node;
}

export interface TrainingOptions {
  readonly model: Model;
  readonly settings: FitSettings;
  /** log m of rows in the coordinates of the minibatch; needed by bridged, self-normalised objectives. */
  readonly mixingLogDensity: (x: Node) => Node;
  /** Noise of denoising, one number a coordinate. */
  readonly sigma: readonly number[];
}

/** State: params, firstMoment, secondMoment, average (all [P]). Per step: x, schedule, and noise where the objective wants it. Records: loss, gradient norm. */
export type TrainingStep = LoopProgram;

/** Number of trained scalars: all parameters, and log Z where the objective has it as one. */
export function flatSize(model: Model, selfNormalised: boolean): number {
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

/** The loss and its gradient with respect to the flat parameters. */
export function lossAndGradient(
  graph: Graph,
  flat: Node,
  x: Node,
  noise: Node | undefined,
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
    energy: (rows) => model.energy(rows, params),
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
  const { loss, gradient: slope } = lossAndGradient(graph, params, x, noise, options);
  const { next, gradientNorm } = adamStep({ params, firstMoment, secondMoment, average }, slope, schedule, settings.clip);
  return {
    state: [
      { input: params, next: next.params },
      { input: firstMoment, next: next.firstMoment },
      { input: secondMoment, next: next.secondMoment },
      { input: average, next: next.average },
    ],
    perStep: noise ? [x, schedule, noise] : [x, schedule],
    records: [loss, gradientNorm],
  };
}
