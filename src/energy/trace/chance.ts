/** Math.random for energy files: seeded, and able to say who used it. */

import type { SourcePosition } from '../../graph/graph';
import type { Random } from '../../shared/random';

/** Replaces Math.random. tfjs takes the seeds of its random tensors from there too. */
export class Chance {
  private locate: (() => SourcePosition | undefined) | undefined;
  private drawn: SourcePosition | undefined;

  constructor(private readonly random: Random) {}

  /** Notes from now on where the first number is drawn. */
  watch(locate: () => SourcePosition | undefined): void {
    this.locate = locate;
    this.drawn = undefined;
  }

  stop(): void {
    this.locate = undefined;
  }

  /** Where the first number was drawn since `watch`. */
  get firstDraw(): SourcePosition | undefined {
    return this.drawn;
  }

  /** Uniform on [0, 1). */
  uniform(): number {
    if (this.locate) this.drawn ??= this.locate();
    return this.random.uniform();
  }
}
