import type { Node } from '../../../src/graph/graph';
import { add, exp, matMul, mul, reshape, square, sub, sum, transpose } from '../../../src/graph/ops';
import { evaluate } from '../../../src/graph/reference';
import { createGraph } from '../../../src/graph/table';
import { objectives } from '../../../src/objectives/objectives';
import { flatSize, lossAndGradient, type Model, type TrainingOptions } from '../../../src/objectives/trainingStep';
import { defaultFitSettings, type FitSettings, type ObjectiveName } from '../../../src/shared/settings';

/** E = lambda |x|^2 / 2: the normal density of precision lambda. */
export function isotropic(dim: number): Model {
  return { dim, paramShapes: [[]], energy: (x, [lambda]) => mul(sum(square(x), 1), mul(lambda!, 0.5)) };
}

/** E = (x - mu)' P (x - mu) / 2 with parameters mu and P. */
export function gaussian(dim: number): Model {
  return {
    dim,
    paramShapes: [[dim], [dim, dim]],
    energy(x, [mu, precision]) {
      const offset = sub(x, mu!);
      return mul(sum(mul(offset, matMul(offset, precision!)), 1), 0.5);
    },
  };
}

/** E = sum_j a_j exp(b_j . x) with parameters a: derivatives of every order are known and do not vanish. */
export function exponentials(directions: readonly (readonly number[])[]): Model {
  const dim = directions[0]!.length;
  const count = directions.length;
  return {
    dim,
    paramShapes: [[count]],
    energy(x, [a]) {
      const b = x.graph.constant(directions.flat(), [count, dim]);
      return reshape(matMul(exp(matMul(x, transpose(b))), reshape(a!, [count, 1])), [x.shape[0]!]);
    },
  };
}

export interface LossCase {
  readonly objective: ObjectiveName;
  readonly model: Model;
  readonly settings?: Partial<FitSettings>;
  readonly mixingLogDensity?: (x: Node) => Node;
  readonly sigma?: readonly number[];
  /** Of every row, where the objective has levels; 1 where absent. */
  readonly level?: number;
  /** Rows of a minibatch. */
  readonly rows: number;
}

export type LossFunction = (
  params: readonly number[],
  x: readonly number[],
  noise?: readonly number[],
) => { loss: number; gradient: number[] };

function withoutMixing(): never {
  throw new Error('this objective does not look at the mixing density');
}

/** Loss and gradient of an objective in float64, by the code that trains. */
export function lossOf({ objective, model, settings, mixingLogDensity, sigma, rows, level = 1 }: LossCase): LossFunction {
  const graph = createGraph();
  const { noise: kind, selfNormalised, levels: levelKind } = objectives[objective];
  const flat = graph.input('params', [flatSize(model, selfNormalised)]);
  const x = graph.input('x', [rows, model.dim]);
  const noise = kind === 'none' ? undefined : graph.input('noise', [rows, model.dim]);
  const options: TrainingOptions = {
    model,
    settings: { ...defaultFitSettings, objective, ...settings },
    mixingLogDensity: mixingLogDensity ?? withoutMixing,
    sigma: sigma ?? [],
  };
  const levels = levelKind === 'none' ? undefined : graph.constant(new Float64Array(rows).fill(level), [rows, 1]);
  const built = lossAndGradient(graph, flat, { x, noise, levels }, options);
  return (params, data, random) => {
    const feeds = new Map<Node, readonly number[]>([
      [flat, params],
      [x, data],
    ]);
    if (noise) feeds.set(noise, random!);
    const [loss, gradient] = evaluate([built.loss, built.gradient], feeds);
    return { loss: loss![0]!, gradient: Array.from(gradient!) };
  };
}

/** log N(x; 0, std^2 I) of rows. */
export function centredNormal(dim: number, std: number): (x: Node) => Node {
  const constant = -dim * (Math.log(std) + 0.5 * Math.log(2 * Math.PI));
  return (x) => add(mul(sum(square(x), 1), -0.5 / (std * std)), constant);
}
