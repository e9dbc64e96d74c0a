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
