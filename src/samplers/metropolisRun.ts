/** Runs of the samplers that accept or refuse proposals and find their step size in burn-in: MALA and HMC. */

import { mul, sliceAxis, mean, sum } from '../graph/ops';
import { ChainRun } from './chainRun';
import type { MoveInputs, Moved } from './metropolis';
import type { metropolisOptions } from '../shared/samplers/chainOptions';
import type { OptionValues } from './options';
import { evaluateStart, type Place, untempered } from './place';
import type { SamplerProblem, SamplerRun } from './sampler';
import { adaptationAt, adaptationWidth, dualAveraging, initialStepSize } from './stepSize';

/**
 * @param options with the first step size and the acceptance that burn-in aims at
 * @param move one step of a block of particles
 */
export async function metropolisRun(
  { target, executor, start, seed }: SamplerProblem,
  options: OptionValues<typeof metropolisOptions> & { readonly stepSize: number; readonly acceptance: number },
  move: (here: Place, inputs: MoveInputs) => Moved,
): Promise<SamplerRun> {
  const { dim } = target;
  const { stepSize: first, acceptance, adapt, burnIn } = options;
  const values = await evaluateStart(executor, target, start);
  return ChainRun.start({
    ...options,
    target,
    executor,
    seed,
    n: start.length / dim,
    build: (graph, rows, kept) => {
      const x = graph.input('x', [rows, dim]);
      const logDensity = graph.input('logDensity', [rows]);
      const score = graph.input('score', [rows, dim]);
      const normal = graph.input('normal', [rows, dim]);
      const uniform = graph.input('uniform', [rows]);
      const schedule = graph.input('schedule', [adaptationWidth]);
      const { stepSize, carried } = dualAveraging(graph, schedule, [], first, acceptance);
      const moved = move({ x, logDensity, score }, { target, density: untempered, stepSize, normal, uniform });
      const { place } = moved;
      return {
        rows: [
          { input: x, next: place.x },
          { input: logDensity, next: place.logDensity },
          { input: score, next: place.score },
        ],
        block: [carried(mean(moved.probability))],
        normals: [normal],
        uniforms: [uniform],
        schedule,
        sums: [sum(moved.accepted), mul(rows, stepSize)],
        draws: kept > 0 ? sliceAxis(place.x, 0, 0, kept) : undefined,
      };
    },
    initial: (from, rows) =>
      Promise.resolve([
        values.x.slice(from * dim, (from + rows) * dim),
        values.logDensity.slice(from, from + rows),
        values.score.slice(from * dim, (from + rows) * dim),
        initialStepSize(first, []),
      ]),
    schedule: (step, out) => {
      adaptationAt(step, adapt ? burnIn : 0, out);
    },
    figures: ([accepted = 0, stepSize = 0]) => ({ acceptance: accepted, stepSize }),
  });
}
