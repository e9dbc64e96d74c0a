import type { Target } from '../../data/target';
import type { Executor } from '../../executors/executor';
import { smc } from '../../samplers/smc';
import type { Watch } from './watch';

const stepsPerTurn = 20;
/** A reference that does not cover the density would go on for ever. */
const mostSteps = 2000;
/** Standard deviation of the reference in those of the start: it must cover the tails. */
const widening = 1.5;

/** Bounds on a log normaliser, each moved outwards by its standard error. */
export interface Bracket {
  readonly lower: number;
  readonly upper: number;
}

/**
 * log of the integral of the target's density, by sequential Monte Carlo from a Gaussian around `start` and back again. The way back
 * starts from the run's own particles, so that its bound is as good as they are. Undefined where the way did not come to an end.
 */
export async function bracketLogZ(
  target: Target,
  executor: Executor,
  start: Float64Array,
  seed: number,
  watch: Watch,
): Promise<Bracket | undefined> {
  const run = await smc.start({ target, executor, start, seed }, { widening });
  try {
    if (!(await watch.finish(run, stepsPerTurn, mostSteps))) return undefined;
    const { logZ } = await run.result();
    if (!logZ) return undefined;
    // Where the estimates cross, both are off by about their errors.
    const lower = Math.min(logZ.lower - logZ.lowerError, logZ.upper - logZ.upperError);
    const upper = Math.max(logZ.lower + logZ.lowerError, logZ.upper + logZ.upperError);
    return Number.isFinite(lower) && Number.isFinite(upper) ? { lower, upper } : undefined;
  } finally {
    await run.dispose();
  }
}
