import type { Random } from '../../shared/random';
import type { Objective } from '../../objectives/objective';
import { scheduleLength, scheduleOf } from '../../objectives/optimizer';
import type { FitSettings } from '../../shared/settings';
import type { Mixing } from './mixing';
import type { DataSource } from './source';
import { type Standardization, standardize } from './standardization';

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
  private readonly rows: (n: number) => Float64Array;
  private readonly bridge: Random;
  private readonly noise: Random;
  private readonly level: Random;

  constructor(
    private readonly objective: Objective,
    private readonly settings: FitSettings,
    source: DataSource,
    private readonly mixing: Mixing,
    private readonly standardization: Standardization,
    private readonly levels: readonly number[],
    random: Random,
  ) {
    this.rows = source.stream(random.split('data'));
    this.bridge = random.split('bridge');
    this.noise = random.split('noise');
    this.level = random.split('levels');
  }

  /** Inputs of steps first, first + 1, ...: x [count, batch, dim], schedule [count, scheduleLength], and where wanted noise like x and levels [count, batch, 1]. */
  next(first: number, count: number): Float32Array[] {
    const dim = this.standardization.mean.length;
    const size = this.settings.batch * dim;
    const x = new Float32Array(count * size);
    const schedule = new Float32Array(count * scheduleLength);
    const noise = this.objective.noise === 'none' ? undefined : new Float32Array(count * size);
    for (let k = 0; k < count; k++) {
      this.fillRows(x.subarray(k * size, (k + 1) * size), dim);
      schedule.set(scheduleOf(this.settings, first + k), k * scheduleLength);
    }
    if (noise) this.fillNoise(noise);
    return [x, schedule, ...(noise ? [noise] : []), ...this.levelsOf(first, count)];
  }

  /** The share of data rows is beta in expectation, with the least variance: floor(beta n + u) rows. */
  private fillRows(out: Float32Array, dim: number): void {
    const n = this.settings.batch;
    const fromData = this.objective.bridged ? Math.floor(this.settings.beta * n + this.bridge.uniform()) : n;
    out.set(standardize(this.rows(fromData), this.standardization));
    if (fromData < n) out.set(this.mixing.sample(this.bridge, n - fromData), fromData * dim);
  }

  private levelsOf(first: number, count: number): Float32Array[] {
    const { batch, steps } = this.settings;
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
    const { levels, level } = this;
    return Float32Array.from({ length: n }, () => levels[level.integer(levels.length)] ?? 1);
  }

  private fillNoise(out: Float32Array): void {
    if (this.objective.noise === 'directions' && this.settings.directions === 'rademacher') this.noise.fillSigns(out);
    else this.noise.fillNormal(out);
  }
}
