/** The tempering test: do data keep their shares between modes when the model may move them (Wenliang 2020, section 5.2)? */

import type { Target } from '../data/target';
import type { Executor } from '../executors/executor';
import { cast, expandDims, fill, less, lessEqual, log, logicalAnd, minimum, reshape, select, sliceAxis, sum } from '../graph/ops';
import { chiSquaredTail } from '../shared/chiSquared';
import { annealingState, annealingStep, pathSchedule, type PathStep, pathWidth } from './annealing';
import { BlockedLoop } from './blockedLoop';
import { evaluateStart } from './place';
import type { TemperingRecord } from '../shared/diagnosis';
import type { OptionTable, OptionValue } from '../shared/samplerForm';
import { resolveOptions } from './options';
import { SamplerError } from './samplerError';

export const temperingTestOptions = {
  hottest: { kind: 'number', default: 0.05, above: 0, most: 0.99, help: 'inverse temperature b to which the data are heated' },
  steps: { kind: 'integer', default: 200, least: 1, help: 'steps of heating, and as many of cooling' },
  rounds: { kind: 'integer', default: 10, least: 1, help: 'times that this is repeated' },
  stepSize: { kind: 'number', default: 0.05, above: 0, help: 'eps of MALA at inverse temperature 1; it grows as 1 / b' },
} as const satisfies OptionTable;

export interface TemperingTestProblem {
  readonly executor: Executor;
  /** The model p. */
  readonly target: Target;
  /** Independent samples of q, row-major [n, dim]. */
  readonly data: Float64Array;
  readonly seed: number;
  readonly modes: number;
  /** The mode of each row of [n, dim]. */
  readonly modeOf: (rows: Float64Array) => Int32Array;
  /** Called between rounds; what it throws ends the test. */
  readonly turn?: () => Promise<void>;
}

/** Where the acceptance is near nought the test can see nothing; `pValue` is the probability of so large a change of the shares if p = q. */
export interface TemperingTestResult extends Omit<TemperingRecord, 'hottest' | 'rows'> {
  /** Statistic of Stuart (1955) and Maxwell (1970), chi-squared with `degrees` of freedom if p = q. */
  readonly statistic: number;
  readonly degrees: number;
  /** Row-major [n, dim]. */
  readonly particles: Float32Array;
}

/** Heating by equal factors, then its mirror image. */
export function roundTrip(hottest: number, steps: number, stepSize: number): PathStep[] {
  const betas = Array.from({ length: steps + 1 }, (_, k) => hottest ** (k / steps));
  const up = betas.slice(1).map((beta, k) => ({ before: beta - (betas[k] ?? 1), beta, after: 0, stepSize: stepSize / beta }));
  return [...up, ...[...up].reverse().map(({ before, beta, stepSize: size }) => ({ before: 0, beta, after: -before, stepSize: size }))];
}

/**
 * Heats the data to inverse temperature b under the model, cools them again, and accepts each round trip by the work it
 * took: tempered transitions (Neal 1996). Plain heating and cooling leaves no density invariant, as the shares freeze
 * before the temperature is 1 again; tempered transitions leave p invariant exactly, so that if the data are draws of p,
 * so are they afterwards, and the change of paired shares has a known distribution.
 * @throws SamplerError ('options', 'start', 'diverged')
 */
export async function temperingTest(
  problem: TemperingTestProblem,
  given: Readonly<Record<string, OptionValue | undefined>> = {},
): Promise<TemperingTestResult> {
  const { executor, target, data, seed, modes, modeOf } = problem;
  const options = resolveOptions('tempering test', temperingTestOptions, given);
  if (modes < 2) throw new SamplerError('options', 'The tempering test compares shares of modes, so that it needs at least two.');
  const path = roundTrip(options.hottest, options.steps, options.stepSize);
  const { dim } = target;
  const n = data.length / dim;
  const values = await evaluateStart(executor, target, data);
  const loop = await BlockedLoop.create(executor, { n, seed, stream: 'tempering test' }, tripStep(target), (from, rows) => {
    const [x, logDensity, score] = [
      values.x.slice(from * dim, (from + rows) * dim),
      values.logDensity.slice(from, from + rows),
      values.score.slice(from * dim, (from + rows) * dim),
    ];
    return Promise.resolve([x, logDensity, score, new Float32Array(rows), x, logDensity, score, Float32Array.of(0)]);
  });
  try {
    let accepted = 0;
    for (let round = 0; round < options.rounds; round++) {
      const { sums } = await loop.run(round * path.length, path.length, (k, out) => {
        const at = k % path.length;
        const step = path[at];
        if (step) pathSchedule(step, out);
        out[pathWidth] = at === path.length - 1 ? 1 : 0;
      });
      accepted += (sums[0] ?? new Float64Array()).reduce((total, value) => total + value, 0) / (options.rounds * n);
      await problem.turn?.();
    }
    const particles = loop.rows(annealingState.x);
    const test = marginalHomogeneity(modeOf(data), modeOf(Float64Array.from(particles)), modes);
    return { ...test, acceptance: accepted, particles };
  } finally {
    await loop.dispose();
  }
}

/** An annealing step that, at the end of a round trip, keeps where the trip led to or goes back to where it began. */
function tripStep(target: Target): Parameters<typeof BlockedLoop.create>[2] {
  return (graph, rows, kept) => {
    const step = annealingStep(target, undefined, 1)(graph, rows, kept);
    const ending = less(0.5, reshape(sliceAxis(step.schedule, 0, pathWidth, 1), []));
    const uniform = graph.input('trip', [rows]);
    const work = step.rows[annealingState.logWeight];
    if (!work) throw new RangeError('an annealing step keeps account of its work');
    const taken = lessEqual(log(uniform), minimum(work.next, 0));
    const places = step.rows.slice(0, annealingState.logWeight);
    const began = places.map(({ input }) => graph.input('began', input.shape));
    const perRow = (x: typeof taken, rank: number): typeof taken => (rank > 1 ? expandDims(x, 1) : x);
    const ended = places.map(({ next }, i) => {
      const from = began[i] ?? next;
      return select(ending, select(perRow(taken, next.shape.length), next, from), next);
    });
    return {
      rows: [
        ...places.map(({ input }, i) => ({ input, next: ended[i] ?? input })),
        { input: work.input, next: select(ending, fill(work.next, 0), work.next) },
        ...began.map((input, i) => ({ input, next: select(ending, ended[i] ?? input, input) })),
      ],
      block: step.block,
      normals: step.normals,
      uniforms: [...step.uniforms, uniform],
      schedule: step.schedule,
      sums: [sum(cast(logicalAnd(ending, taken), 'float32'))],
      draws: undefined,
    };
  };
}

type Homogeneity = Omit<TemperingTestResult, 'acceptance' | 'particles'>;

/**
 * The test of Stuart and Maxwell: whether two labels of the same items have the same shares. With d the differences of
 * counts and n_ij the items that went from i to j, d' V^-1 d is chi-squared, V_ii = n_i. + n_.i - 2 n_ii, V_ij = -(n_ij + n_ji).
 */
export function marginalHomogeneity(before: Int32Array, after: Int32Array, labels: number): Homogeneity {
  const n = before.length;
  const counts = Array.from({ length: labels }, () => new Array<number>(labels).fill(0));
  before.forEach((from, i) => {
    const row = counts[from];
    const to = after[i] ?? 0;
    if (row) row[to] = (row[to] ?? 0) + 1;
  });
  const count = (i: number, j: number): number => counts[i]?.[j] ?? 0;
  const indices = Array.from({ length: labels }, (_, i) => i);
  const rowTotal = indices.map((i) => indices.reduce((total, j) => total + count(i, j), 0));
  const columnTotal = indices.map((j) => indices.reduce((total, i) => total + count(i, j), 0));
  // Labels that nothing left or reached say nothing, and one of the others follows from the rest.
  const active = indices.filter((i) => (rowTotal[i] ?? 0) + (columnTotal[i] ?? 0) - 2 * count(i, i) > 0);
  const free = active.slice(0, -1);
  const differences = free.map((i) => (rowTotal[i] ?? 0) - (columnTotal[i] ?? 0));
  const covariance = free.map((i) =>
    free.map((j) => (i === j ? (rowTotal[i] ?? 0) + (columnTotal[i] ?? 0) - 2 * count(i, i) : -(count(i, j) + count(j, i)))),
  );
  const { quadratic, rank } = inverseQuadraticForm(covariance, differences);
  return {
    before: rowTotal.map((total) => total / n),
    after: columnTotal.map((total) => total / n),
    moved: 1 - indices.reduce((total, i) => total + count(i, i), 0) / n,
    statistic: quadratic,
    degrees: rank,
    pValue: rank === 0 ? 1 : chiSquaredTail(quadratic, rank),
  };
}

/** d' V^-1 d of a positive semidefinite V by its Cholesky factor, leaving out directions in which V is nought. */
function inverseQuadraticForm(matrix: readonly (readonly number[])[], vector: readonly number[]): { quadratic: number; rank: number } {
  const size = vector.length;
  const lower = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const solved = new Array<number>(size).fill(0);
  let [quadratic, rank] = [0, 0];
  for (let i = 0; i < size; i++) {
    const row = lower[i] ?? [];
    for (let j = 0; j < i; j++) {
      const pivot = lower[j]?.[j] ?? 0;
      const inner = (matrix[i]?.[j] ?? 0) - row.slice(0, j).reduce((total, value, k) => total + value * (lower[j]?.[k] ?? 0), 0);
      row[j] = pivot > 0 ? inner / pivot : 0;
    }
    const left = (matrix[i]?.[i] ?? 0) - row.slice(0, i).reduce((total, value) => total + value * value, 0);
    if (left <= 1e-9 * (matrix[i]?.[i] ?? 1)) continue;
    const diagonal = Math.sqrt(left);
    const rest = row.slice(0, i).reduce((total, value, k) => total + value * (solved[k] ?? 0), 0);
    row[i] = diagonal;
    solved[i] = ((vector[i] ?? 0) - rest) / diagonal;
    quadratic += (solved[i] ?? 0) ** 2;
    rank++;
  }
  return { quadratic, rank };
}
