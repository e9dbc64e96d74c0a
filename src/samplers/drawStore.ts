import type { Draws } from './sampler';

/** Collects thinned states of some chains, step by step. */
export class DrawStore {
  private readonly kept: Float32Array[] = [];

  /**
   * @param chains rows in each step
   * @param burnIn steps left out
   * @param thin every how many steps after burn-in a draw is kept
   */
  constructor(
    private readonly chains: number,
    private readonly dim: number,
    private readonly burnIn: number,
    private readonly thin: number,
  ) {}

  /**
   * @param first number of the first step, from 0
   * @param blocks [steps, chains of the block, dim] each; together they have all chains
   */
  add(first: number, steps: number, blocks: readonly Float32Array[]): void {
    for (let k = 0; k < steps; k++) {
      const after = first + k + 1 - this.burnIn;
      if (after <= 0 || after % this.thin !== 0) continue;
      const row = new Float32Array(this.chains * this.dim);
      let at = 0;
      for (const block of blocks) {
        const width = block.length / steps;
        row.set(block.subarray(k * width, (k + 1) * width), at);
        at += width;
      }
      this.kept.push(row);
    }
  }

  /** All that was kept, in arrays of the caller's. */
  draws(): Draws {
    const { chains, dim, kept } = this;
    const count = kept.length;
    const values = new Float32Array(chains * count * dim);
    kept.forEach((row, t) => {
      for (let c = 0; c < chains; c++) values.set(row.subarray(c * dim, (c + 1) * dim), (c * count + t) * dim);
    });
    return { chains, count, dim, values };
  }
}
