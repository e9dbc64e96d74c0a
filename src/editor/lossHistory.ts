/** The loss curve of a run as the host keeps it: all of it while it is short, every other point once it is long. */

import type { LossPoints } from '../shared/protocol';

/** More points than any screen is wide, so that thinning is not seen. */
export const mostPoints = 8192;

export class LossHistory {
  private steps: number[] = [];
  private losses: number[] = [];
  private gradientNorms: number[] = [];
  /** Of so many arriving points one is kept. */
  private stride = 1;
  private arrived = 0;
  private last = -Infinity;

  get length(): number {
    return this.steps.length;
  }

  /** Loss of the last point; NaN before the first. */
  get lastLoss(): number {
    return this.losses.at(-1) ?? Number.NaN;
  }

  /** Steps that are there already are left out: a resumed run does its last ones again. */
  add({ steps, losses, gradientNorms }: LossPoints): void {
    for (let i = 0; i < steps.length; i++) {
      if (steps[i]! <= this.last) continue;
      this.last = steps[i]!;
      if (this.arrived++ % this.stride !== 0) continue;
      this.steps.push(steps[i]!);
      this.losses.push(losses[i]!);
      this.gradientNorms.push(gradientNorms[i]!);
      if (this.steps.length > mostPoints) this.thin();
    }
  }

  /** A copy of what is kept. */
  snapshot(): LossPoints {
    return {
      steps: Float64Array.from(this.steps),
      losses: Float64Array.from(this.losses),
      gradientNorms: Float64Array.from(this.gradientNorms),
    };
  }

  private thin(): void {
    const every = (values: number[]): number[] => values.filter((_, index) => index % 2 === 0);
    this.steps = every(this.steps);
    this.losses = every(this.losses);
    this.gradientNorms = every(this.gradientNorms);
    this.stride *= 2;
    // What was just added is kept; the next point that is comes one new stride later.
    this.arrived = 1;
  }
}
