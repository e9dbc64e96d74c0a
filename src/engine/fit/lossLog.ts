import type { LossState } from '../../runs/checkpoint';

/** The mean of a run of steps. */
export interface LossBlock {
  /** The last step of the block, counted from 1. */
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
}

const blocksOfRun = 500;
const finalSteps = 100;

/**
 * Losses in blocks of a fixed number of steps: single minibatches are noise, and what is kept must not depend on how many
 * steps happened to run in one call, so that the same seed gives the same log.
 */
export class LossLog {
  private readonly size: number;
  private readonly recent: number[] = [];
  private step = 0;
  private count = 0;
  private loss = 0;
  private norm = 0;

  constructor(steps: number) {
    this.size = Math.max(1, Math.ceil(steps / blocksOfRun));
  }

  /** Takes the records of the next steps; answers with the blocks that they complete. */
  add(losses: Float32Array, gradientNorms: Float32Array): LossBlock[] {
    const blocks: LossBlock[] = [];
    losses.forEach((loss, i) => {
      this.step++;
      this.count++;
      this.loss += loss;
      this.norm += gradientNorms[i]!;
      this.recent.push(loss);
      if (this.recent.length > finalSteps) this.recent.shift();
      if (this.count === this.size) blocks.push(...this.flush());
    });
    return blocks;
  }

  /** What the blocks to come depend on. */
  get state(): LossState {
    return { recent: [...this.recent], loss: this.loss, norm: this.norm };
  }

  /** The log of a run after so many of its steps. Throws RangeError for a state that it cannot have then. */
  static from(steps: number, step: number, { recent, loss, norm }: LossState): LossLog {
    if (recent.length !== Math.min(step, finalSteps)) throw new RangeError(`A log of ${step} losses does not keep ${recent.length}.`);
    const log = new LossLog(steps);
    log.recent.push(...recent);
    [log.step, log.count, log.loss, log.norm] = [step, step % log.size, loss, norm];
    return log;
  }

  /** The block that is not complete, if a step is in it. */
  flush(): LossBlock[] {
    if (this.count === 0) return [];
    const block = { step: this.step, loss: this.loss / this.count, gradientNorm: this.norm / this.count };
    [this.count, this.loss, this.norm] = [0, 0, 0];
    return [block];
  }

  /** Mean loss of the last 100 steps; NaN before the first. */
  get final(): number {
    return this.recent.reduce((a, b) => a + b, 0) / this.recent.length;
  }
}
