import type { Target } from '../../data/target';
import type { ScoreField } from '../../diagnose/fields/scoreField';
import { basinShares } from '../../diagnose/modes/basinSplit';
import type { ModeSurvey } from '../../diagnose/modes/surveyModes';
import type { Executor } from '../../executors/executor';
import { mala } from '../../samplers/mala';
import type { Watch } from './watch';

/** Steps of every particle, of which the first find the step size. Own choice: plenty within a mode, too few to cross a barrier. */
const [steps, burnIn] = [600, 200];
const stepsPerTurn = 50;
/** First step, in squares of the narrowest width of a mode. */
const firstStep = 0.5;

export interface FollowedParticles {
  /** Share of particles in each mode: where gradient ascent takes their start, and where Langevin dynamics left them. */
  readonly predicted: number[];
  readonly actual: number[];
  readonly particles: number;
  /** Share of proposals accepted after burn-in. */
  readonly acceptance: number;
}

/** Metropolis-adjusted Langevin dynamics from rows [n, dim], beside what the basins predict of it. */
export async function followParticles(
  { field, target, executor, watch }: { field: ScoreField; target: Target; executor: Executor; watch: Watch },
  survey: ModeSurvey,
  start: Float64Array,
  seed: number,
): Promise<FollowedParticles> {
  const predicted = await basinShares(field, survey, start);
  const narrowest = survey.components.std.reduce((a, b) => Math.min(a, b), Infinity);
  const run = await mala.start({ target, executor, start, seed }, { steps, burnIn, chains: 0, stepSize: firstStep * narrowest ** 2 });
  try {
    await watch.finish(run, stepsPerTurn);
    return {
      predicted,
      actual: await basinShares(field, survey, Float64Array.from(run.particles())),
      particles: start.length / target.dim,
      acceptance: run.progress.figures.acceptance ?? NaN,
    };
  } finally {
    await run.dispose();
  }
}
