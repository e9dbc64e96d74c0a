/** `unblind check`: what can be said of an energy before it is fitted. Derivatives are compared with finite differences in float64. */

import { gradient } from '../../graph/differentiate';
import { type Node, reachable } from '../../graph/graph';
import { lower } from '../../graph/lower';
import { sum } from '../../graph/ops';
import { evaluate } from '../../graph/reference';
import { createGraph } from '../../graph/table';
import { gradientAndLaplacian } from '../../objectives/scoreMatching';
import { flatSize, lossAndGradient, type Model, type ScoreModel, type Trainable, unflatten } from '../../objectives/trainingStep';
import { objectives } from '../../objectives/objectives';
import { Random } from '../../shared/random';
import type { FitSettings } from '../../shared/settings';

export type CheckStatus = 'pass' | 'warn' | 'fail';

/** One line of a check. */
export interface CheckLine {
  readonly name: string;
  readonly status: CheckStatus;
  readonly text: string;
}

export interface CheckInput {
  readonly model: Trainable;
  /** Initial parameters, flat. */
  readonly params: Float32Array;
  /** A few rows in the coordinates of the fit, [rows, dim]. */
  readonly rows: Float64Array;
  readonly settings: FitSettings;
  readonly mixingLogDensity: (x: Node) => Node;
  readonly sigma: readonly number[];
}

/** Step of central differences: the cube root of float64's precision balances truncation and rounding. */
const step = 6e-6;
/** Central differences of smooth float64 functions agree to about step^2 times curvature; a wrong rule misses by far more. */
const tolerance = 1e-5;

/** Noise level, of standardised data, at which a score network is checked. */
const checkedLevel = 0.5;

interface Values {
  readonly energy: number[];
  readonly gradient: Float64Array;
  readonly laplacian: Float64Array;
}

class EnergyCheck {
  private readonly dim: number;
  private readonly count: number;
  private readonly x: Node;
  private readonly flat: Node;
  readonly outputs: Node[];

  constructor(
    private readonly input: CheckInput,
    model: Model,
  ) {
    const { params } = input;
    this.dim = model.dim;
    this.count = input.rows.length / model.dim;
    const graph = createGraph();
    this.x = graph.input('x', [this.count, model.dim]);
    this.flat = graph.input('params', [params.length]);
    const energy = (x: Node): Node => model.energy(x, unflatten(this.flat, model.paramShapes));
    const value = energy(this.x);
    this.outputs = [value, gradient(sum(value), [this.x])[0]!, gradientAndLaplacian(energy, this.x).laplacian];
  }

  at(rows: Float64Array): Values {
    const [energy, slope, laplacian] = evaluate(
      this.outputs,
      new Map([
        [this.x, rows],
        [this.flat, this.input.params],
      ] as [Node, ArrayLike<number>][]),
    );
    return { energy: Array.from(energy!), gradient: slope!, laplacian: laplacian! };
  }

  /** Central differences of the energy and, summed over coordinates, of the gradient. */
  differences(): { gradient: Float64Array; laplacian: Float64Array } {
    const { rows } = this.input;
    const slope = new Float64Array(rows.length);
    const laplacian = new Float64Array(this.count);
    for (let j = 0; j < this.dim; j++) {
      const moved = (sign: number): Values => this.at(rows.map((v, i) => (i % this.dim === j ? v + sign * step : v)));
      const [above, below] = [moved(1), moved(-1)];
      for (let i = 0; i < this.count; i++) {
        slope[i * this.dim + j] = (above.energy[i]! - below.energy[i]!) / (2 * step);
        laplacian[i]! += (above.gradient[i * this.dim + j]! - below.gradient[i * this.dim + j]!) / (2 * step);
      }
    }
    return { gradient: slope, laplacian };
  }
}

/** Largest difference, relative to the larger of one and the largest value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [worst, scale] = [0, 1];
  for (let i = 0; i < b.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return Array.from(a).some((v) => !Number.isFinite(v)) ? Infinity : worst / scale;
}

function compared(name: string, what: string, error: number): CheckLine {
  if (error <= tolerance) return { name, status: 'pass', text: `${what} agrees with finite differences to ${error.toExponential(1)}` };
  // Kinks of relu, abs or max between the two points make the difference quotient wrong, not the derivative.
  return {
    name,
    status: error === Infinity ? 'fail' : 'warn',
    text:
      error === Infinity
        ? `${what} is not a finite number at some data rows; look for logarithms, roots and divisions that meet zero`
        : `${what} differs from finite differences by ${error.toExponential(1)}: the energy has kinks near the data (relu, abs, max), or is badly scaled`,
  };
}

/** Directional derivative of the loss with respect to the parameters, by the graph and by differences. */
function lossLine({ model, params, rows, settings, mixingLogDensity, sigma }: CheckInput): CheckLine {
  const graph = createGraph();
  const objective = objectives[settings.objective];
  const size = flatSize(model, objective.selfNormalised);
  const flat = graph.input('params', [size]);
  const shape = [rows.length / model.dim, model.dim];
  const x = graph.input('x', shape);
  const noise = objective.noise === 'none' ? undefined : graph.input('noise', shape);
  const levels = objective.levels !== 'none' ? graph.constant(new Float64Array(shape[0]!).fill(checkedLevel), [shape[0]!, 1]) : undefined;
  const { loss, gradient: slope } = lossAndGradient(graph, flat, { x, noise, levels }, { model, settings, mixingLogDensity, sigma });
  const random = new Random(1);
  const direction = new Float64Array(size);
  random.fillSigns(direction);
  const fed = new Float64Array(rows.length);
  random.fillSigns(fed);
  const at = (t: number, outputs: Node[]): Float64Array[] => {
    const values = direction.map((d, i) => (params[i] ?? 0) + t * d);
    return evaluate(
      outputs,
      new Map<Node, ArrayLike<number>>([[flat, values], [x, rows], ...(noise ? [[noise, fed] as [Node, ArrayLike<number>]] : [])]),
    );
  };
  const [value, g] = at(0, [loss, slope]) as [Float64Array, Float64Array];
  const exact = g.reduce((total, v, i) => total + v * direction[i]!, 0);
  const quotient = (at(step, [loss])[0]![0]! - at(-step, [loss])[0]![0]!) / (2 * step);
  const scale = Math.max(1, ...g.map(Math.abs)) * Math.sqrt(size);
  const line = compared(
    'loss gradient',
    `the gradient of the ${settings.objective} loss with respect to ${size} parameters`,
    difference([exact / scale], [quotient / scale]),
  );
  return Number.isFinite(value[0]) ? line : { ...line, status: 'fail', text: 'the loss is not a finite number at the initial parameters' };
}

function primitivesOf(outputs: readonly Node[]): CheckLine {
  const names = reachable(lower(outputs))
    .map((node) => node.op)
    .filter((op) => op !== 'input' && op !== 'constant');
  return { name: 'primitives', status: 'pass', text: [...new Set(names)].sort().join(', ') };
}

/** Checks an energy at a few rows and its initial parameters. */
function checkModel(input: CheckInput, model: Model): CheckLine[] {
  const check = new EnergyCheck(input, model);
  const here = check.at(input.rows);
  const lines: CheckLine[] = [primitivesOf([check.outputs[0]!])];
  if (here.energy.some((v) => !Number.isFinite(v))) {
    return [
      ...lines,
      {
        name: 'values',
        status: 'fail',
        text: 'the energy is not a finite number at some data rows; look for logarithms, roots and divisions that meet zero',
      },
    ];
  }
  const differences = check.differences();
  lines.push(compared('score', 'the gradient of the energy with respect to x', difference(here.gradient, differences.gradient)));
  lines.push(compared('laplacian', 'the Laplacian of the energy', difference(here.laplacian, differences.laplacian)));
  if (here.laplacian.every((v) => v === 0)) {
    lines.push({
      name: 'curvature',
      status: 'warn',
      text: 'the Laplacian is zero everywhere: score matching cannot work with piecewise linear energies; use swish, softplus or tanh instead of relu',
    });
  }
  if (input.params.length > 0) lines.push(lossLine(input));
  return lines;
}

/** A score network is not differentiated with respect to x: there is its loss to be checked. */
function checkScore(input: CheckInput, model: ScoreModel): CheckLine[] {
  const graph = createGraph();
  const rows = input.rows.length / model.dim;
  const flat = graph.input('params', [input.params.length]);
  const sigma = graph.constant(new Float64Array(rows).fill(checkedLevel), [rows, 1]);
  const score = model.score(graph.input('x', [rows, model.dim]), sigma, unflatten(flat, model.paramShapes));
  return [primitivesOf([score]), lossLine(input)];
}

/** Checks an energy or a score network at a few rows and its initial parameters. */
export function checkEnergy(input: CheckInput): CheckLine[] {
  return 'energy' in input.model ? checkModel(input, input.model) : checkScore(input, input.model);
}
