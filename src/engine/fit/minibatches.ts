import type { Objective } from '../../objectives/objective';
import { objectives } from '../../objectives/objectives';
import { scheduleLength, scheduleOf } from '../../objectives/optimizer';
import type { Checkpoint } from '../../runs/checkpoint';
import { Random } from '../../shared/random';
import type { FitProblem } from './problem';
import type { RowStream } from './source';
import { standardize } from './standardization';

/** What minibatches depend on. */
export type BatchProblem = Pick<FitProblem, 'settings' | 'source' | 'mixing' | 'standardization' | 'levels' | 'seed'>;

/** Where the streams of minibatches are, see `Checkpoint`. */
export type MinibatchState = Pick<Checkpoint, 'streams' | 'rowsDrawn'>;

/** Share of a run over which noise is annealed; the rest fits the data as they are, while the learning rate is not yet small. Own choice. */
const annealedShare = 0.75;

/** Share of the noise that is left in a step (counted from 0): a straight line from 1 to 0. */
function annealedLevel(step: number, steps: number): number {
  return Math.max(0, 1 - step / (annealedShare * steps));
}

/**
 * Everything that is fed into training steps. Each kind of random number has a stream of its own that is read step by
 * step, so results do not depend on how many steps run in one call.
 */
export class Minibatches {
  private readonly objective: Objective;
  private readonly rows: RowStream;
  private readonly bridge: Random;
  private readonly noise: Random;
  private readonly level: Random;

  /** @param from where earlier minibatches of the same problem were. @throws RangeError where they cannot have been there */
  constructor(
    private readonly problem: BatchProblem,
    from?: MinibatchState,
  ) {
    const random = new Random(problem.seed);
    const stream = (name: 'bridge' | 'noise' | 'levels'): Random => (from ? Random.fromState(from.streams[name]) : random.split(name));
    this.objective = objectives[problem.settings.objective];
    this.rows = problem.source.stream(random.split('data'), from && { random: from.streams.data, drawn: from.rowsDrawn });
    this.bridge = stream('bridge');
    this.noise = stream('noise');
    this.level = stream('levels');
  }

  /** Where the streams are now. */
  get state(): MinibatchState {
    const { random, drawn } = this.rows.state();
    const streams = { data: random, bridge: this.bridge.state(), noise: this.noise.state(), levels: this.level.state() };
    return { streams, rowsDrawn: drawn };
  }

  /** Inputs of steps first, first + 1, ...: x [count, batch, dim], schedule [count, scheduleLength], and where wanted noise like x and levels [count, batch, 1]. */
  next(first: number, count: number): Float32Array[] {
    const dim = this.problem.source.dim;
    const size = this.problem.settings.batch * dim;
    const x = new Float32Array(count * size);
    const schedule = new Float32Array(count * scheduleLength);
    const noise = this.objective.noise === 'none' ? undefined : new Float32Array(count * size);
    for (let k = 0; k < count; k++) {
      this.fillRows(x.subarray(k * size, (k + 1) * size), dim);
      schedule.set(scheduleOf(this.problem.settings, first + k), k * scheduleLength);
      // Step by step: signs come 32 from a word, and the rest of a step's last word is not for the next step.
      if (noise) this.fillNoise(noise.subarray(k * size, (k + 1) * size));
    }
    return [x, schedule, ...(noise ? [noise] : []), ...this.levelsOf(first, count)];
  }

  /** The share of data rows is beta in expectation, with the least variance: floor(beta n + u) rows. */
  private fillRows(out: Float32Array, dim: number): void {
    const { settings, standardization, mixing } = this.problem;
    const n = settings.batch;
    const fromData = this.objective.bridged ? Math.floor(settings.beta * n + this.bridge.uniform()) : n;
    out.set(standardize(this.rows.next(fromData), standardization));
    if (fromData < n) out.set(mixing.sample(this.bridge, n - fromData), fromData * dim);
  }

  private levelsOf(first: number, count: number): Float32Array[] {
    const { batch, steps } = this.problem.settings;
    switch (this.objective.levels) {
      case 'none':
        return [];
      case 'drawn':
        return [this.drawLevels(count * batch)];
      case 'annealed':
        return [Float32Array.from({ length: count * batch }, (_, i) => annealedLevel(first + Math.floor(i / batch), steps))];
    }
  }

  private drawLevels(n: number): Float32Array {
    const { level } = this;
    const { levels } = this.problem;
    return Float32Array.from({ length: n }, () => levels[level.integer(levels.length)] ?? 1);
  }

  private fillNoise(out: Float32Array): void {
    if (this.objective.noise === 'directions' && this.problem.settings.directions === 'rademacher') this.noise.fillSigns(out);
    else this.noise.fillNormal(out);
  }
}
