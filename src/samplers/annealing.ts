/** Moves along a path of temperatures that keep account of the work: the engine of AIS, SMC and tempered transitions. */

import type { Target } from '../data/target';
import type { Executor } from '../executors/executor';
import type { Node } from '../graph/graph';
import { add, broadcastTo, exp, log, mean, mul, reshape, select, less, sliceAxis, sub, sum } from '../graph/ops';
import { BlockedLoop, type BlockStep, type BuildStep } from './blockedLoop';
import { langevinMove } from './metropolis';
import { evaluateStart, tempered } from './place';
import type { GaussianReference } from './reference';

/**
 * One step on a path: the inverse temperature changes by `before` (work is counted), a MALA step at `beta` follows, then a
 * change by `after`.
 */
export interface PathStep {
  readonly before: number;
  readonly beta: number;
  readonly after: number;
  /** eps of the MALA step, or undefined for the one that the particles find by themselves. */
  readonly stepSize: number | undefined;
}

/** Position of each row state of an annealing loop. */
export const annealingState = { x: 0, logDensity: 1, score: 2, logWeight: 3 } as const;

const wantedAcceptance = 0.574;
/** How fast a step size follows acceptance: own choice. In a block of many particles acceptance has little noise. */
const gain = 0.3;

/** Numbers of a path step in the schedule. */
export const pathWidth = 4;

export function pathSchedule({ before, beta, after, stepSize }: PathStep, out: Float32Array): void {
  out.set([before, beta, after, stepSize ?? 0]);
}

/** The nodes of one annealing step, for those who add to it. */
export interface AnnealingStep extends BlockStep {
  readonly schedule: Node<'input'>;
}

/**
 * State: positions, log density, score, log weight, [rows, ...] each, and the block's log step size, [1].
 * Sums: accepted moves, step size times rows.
 */
export function annealingStep(
  target: Target,
  reference: GaussianReference | undefined,
  extra = 0,
): (...of: Parameters<BuildStep>) => AnnealingStep {
  const { dim } = target;
  return (graph, rows, kept) => {
    const x = graph.input('x', [rows, dim]);
    const logDensity = graph.input('logDensity', [rows]);
    const score = graph.input('score', [rows, dim]);
    const logWeight = graph.input('logWeight', [rows]);
    const own = graph.input('logStepSize', [1]);
    const normal = graph.input('normal', [rows, dim]);
    const uniform = graph.input('uniform', [rows]);
    const schedule = graph.input('schedule', [pathWidth + extra]);
    const [before, beta, after, given] = [0, 1, 2, 3].map((i) => reshape(sliceAxis(schedule, 0, i, 1), [])) as [Node, Node, Node, Node];
    const stepSize = select(less(0, given), given, reshape(exp(own), []));
    const moved = langevinMove({ x, logDensity, score }, { target, density: tempered(beta, reference), stepSize, normal, uniform });
    const { place } = moved;
    const slope = (at: { readonly x: Node; readonly logDensity: Node }): Node =>
      reference ? sub(at.logDensity, reference.logDensity(at.x)) : at.logDensity;
    const work = add(mul(before, slope({ x, logDensity })), mul(after, slope(place)));
    return {
      rows: [
        { input: x, next: place.x },
        { input: logDensity, next: place.logDensity },
        { input: score, next: place.score },
        { input: logWeight, next: add(logWeight, work) },
      ],
      block: [{ input: own, next: add(log(broadcastTo(stepSize, [1])), mul(gain, sub(mean(moved.probability), wantedAcceptance))) }],
      normals: [normal],
      uniforms: [uniform],
      schedule,
      sums: [sum(moved.accepted), mul(rows, stepSize)],
      draws: kept > 0 ? sliceAxis(place.x, 0, 0, kept) : undefined,
    };
  };
}

export interface AnnealingSetup {
  readonly executor: Executor;
  readonly target: Target;
  readonly reference: GaussianReference | undefined;
  /** Row-major [n, dim]. */
  readonly start: Float64Array;
  readonly seed: number;
  /** Label of the random numbers: loops of one run have different ones. */
  readonly stream: string;
  readonly stepSize: number;
}

/** A loop of annealing steps from the given particles, with log weights of 0. */
export async function annealingLoop({ executor, target, reference, start, seed, stream, stepSize }: AnnealingSetup): Promise<BlockedLoop> {
  const { dim } = target;
  const values = await evaluateStart(executor, target, start);
  return BlockedLoop.create(executor, { n: start.length / dim, seed, stream }, annealingStep(target, reference), (from, rows) =>
    Promise.resolve([
      values.x.slice(from * dim, (from + rows) * dim),
      values.logDensity.slice(from, from + rows),
      values.score.slice(from * dim, (from + rows) * dim),
      new Float32Array(rows),
      Float32Array.of(Math.log(stepSize)),
    ]),
  );
}
