import {
  broadcastTo,
  cast,
  expandDims,
  gather,
  less,
  lessEqual,
  log,
  minimum,
  mul,
  mean,
  reshape,
  select,
  sliceAxis,
  sub,
  sum,
} from '../graph/ops';
import type { Graph, Node } from '../graph/graph';
import { parallelTemperingForm } from '../shared/samplers/parallelTempering';
import { ChainRun } from './chainRun';
import { langevinMove } from './metropolis';
import { evaluateStart, type Place, tempered } from './place';
import { GaussianReference } from './reference';
import { defineSampler } from './sampler';
import { adaptationAt, adaptationWidth, dualAveraging, initialStepSize } from './stepSize';

/** 1, falling geometrically to `hottest`; before a reference a last level of 0, which is the reference itself. */
export function temperatureLadder(levels: number, hottest: number, toReference: boolean): number[] {
  const geometric = toReference ? levels - 1 : levels;
  const ladder = Array.from({ length: geometric }, (_, k) => hottest ** (geometric > 1 ? k / (geometric - 1) : 0));
  return toReference ? [...ladder, 0] : ladder;
}

/** With which level each level trades when pairs start at `first`; one without a partner trades with itself. */
function partners(levels: number, first: number): number[] {
  return Array.from({ length: levels }, (_, k) => {
    const partner = (k - first) % 2 === 0 ? k + 1 : k - 1;
    return partner >= 0 && partner < levels ? partner : k;
  });
}

/**
 * Trades states between neighbouring temperatures (Geyer 1991): pair (j, k) with probability
 * min(1, exp((b_j - b_k) (u_k - u_j))), u = log p - log r.
 * @param gain u of each chain and level, [chains, levels]
 * @param odd scalar: 1 where pairs start at the second level
 * @param uniform on (0, 1], [chains, levels]; a pair reads that of its colder level
 */
function trade(graph: Graph, gain: Node, betas: readonly number[], odd: Node, uniform: Node): { moved: (x: Node) => Node; traded: Node } {
  const levels = betas.length;
  const both = [partners(levels, 0), partners(levels, 1)] as const;
  const chosen = (make: (partner: readonly number[]) => Node): Node => select(less(0.5, odd), make(both[1]), make(both[0]));
  const along = (x: Node, index: readonly number[]): Node => gather(x, graph.constant([...index], [levels], 'int32'), 1);
  const difference = chosen((partner) =>
    graph.constant(
      betas.map((beta, k) => beta - (betas[partner[k] ?? k] ?? beta)),
      [1, levels],
    ),
  );
  const ratio = mul(
    difference,
    sub(
      chosen((partner) => along(gain, partner)),
      gain,
    ),
  );
  const shared = chosen((partner) =>
    along(
      uniform,
      partner.map((other, k) => Math.min(other, k)),
    ),
  );
  const taken = lessEqual(log(shared), minimum(ratio, 0));
  return {
    moved: (x) => {
      const mask = x.shape.length > 2 ? expandDims(taken, 2) : taken;
      return select(
        mask,
        chosen((partner) => along(x, partner)),
        x,
      );
    },
    // Half of each pair, so that a pair counts once; levels that have no partner do not count.
    traded: chosen((partner) => {
      const pairs = partner.filter((other, k) => other > k).length;
      const counted = graph.constant(
        partner.map((other, k) => (other > k ? 1 / Math.max(pairs, 1) : 0)),
        [1, levels],
      );
      return sum(mul(cast(taken, 'float32'), counted));
    }),
  };
}

/**
 * Parallel tempering: each particle is a chain at several inverse temperatures between a broad reference and the target,
 * moved by MALA with a step size of its own at each, and traded between neighbours after every step.
 */
export const parallelTempering = defineSampler({
  ...parallelTemperingForm,
  start: async ({ target, executor, start, seed }, options) => {
    const { dim } = target;
    const { levels, hottest, stepSize: first, acceptance, burnIn } = options;
    const reference = options.reference === 'gaussian' ? GaussianReference.of(start, dim, options.widening) : undefined;
    const betas = temperatureLadder(levels, hottest, reference !== undefined);
    const values = await evaluateStart(executor, target, start);
    const repeated = (array: Float32Array, from: number, rows: number, width: number): Float32Array => {
      const out = new Float32Array(rows * levels * width);
      for (let i = 0; i < rows * levels; i++)
        out.set(array.subarray((from + Math.floor(i / levels)) * width, (from + Math.floor(i / levels) + 1) * width), i * width);
      return out;
    };
    return ChainRun.start({
      ...options,
      target,
      executor,
      seed,
      n: start.length / dim,
      width: levels,
      build: (graph, rows, kept) => {
        const all = rows * levels;
        const x = graph.input('x', [rows, levels, dim]);
        const logDensity = graph.input('logDensity', [rows, levels]);
        const score = graph.input('score', [rows, levels, dim]);
        const normal = graph.input('normal', [all, dim]);
        const uniform = graph.input('uniform', [all]);
        const trading = graph.input('trading', [rows, levels]);
        const schedule = graph.input('schedule', [adaptationWidth + 1]);
        const perRow = (value: Node): Node => reshape(broadcastTo(reshape(value, [1, levels]), [rows, levels]), [all]);
        const beta = perRow(graph.constant(betas, [levels]));
        const { stepSize, carried } = dualAveraging(graph, sliceAxis(schedule, 0, 0, adaptationWidth), [levels], first, acceptance);
        const here: Place = { x: reshape(x, [all, dim]), logDensity: reshape(logDensity, [all]), score: reshape(score, [all, dim]) };
        const moved = langevinMove(here, { target, density: tempered(beta, reference), stepSize: perRow(stepSize), normal, uniform });
        const { place } = moved;
        const gain = reference ? sub(place.logDensity, reference.logDensity(place.x)) : place.logDensity;
        const odd = reshape(sliceAxis(schedule, 0, adaptationWidth, 1), []);
        const { moved: after, traded } = trade(graph, reshape(gain, [rows, levels]), betas, odd, trading);
        const next = after(reshape(place.x, x.shape));
        return {
          rows: [
            { input: x, next },
            { input: logDensity, next: after(reshape(place.logDensity, logDensity.shape)) },
            { input: score, next: after(reshape(place.score, score.shape)) },
          ],
          block: [carried(mean(reshape(moved.probability, [rows, levels]), 0))],
          normals: [normal],
          uniforms: [uniform, trading],
          schedule,
          sums: [mul(sum(moved.accepted), 1 / levels), mul(rows, sum(sliceAxis(stepSize, 0, 0, 1))), traded],
          draws: kept > 0 ? reshape(sliceAxis(sliceAxis(next, 0, 0, kept), 1, 0, 1), [kept, dim]) : undefined,
        };
      },
      initial: (from, rows) =>
        Promise.resolve([
          repeated(values.x, from, rows, dim),
          repeated(values.logDensity, from, rows, 1),
          repeated(values.score, from, rows, dim),
          initialStepSize(first, [levels]),
        ]),
      schedule: (step, out) => {
        adaptationAt(step, burnIn, out);
        // With two levels there is one pair, which may always trade.
        out[adaptationWidth] = levels > 2 ? step % 2 : 0;
      },
      figures: ([accepted = 0, stepSize = 0, traded = 0]) => ({ acceptance: accepted, stepSize, swapAcceptance: traded }),
      positions: (state) => {
        const out = new Float32Array(state.length / levels);
        for (let i = 0; i < out.length; i++) out[i] = state[Math.floor(i / dim) * levels * dim + (i % dim)] ?? 0;
        return out;
      },
    });
  },
});
