/** Positions of the user's code, out of stacks. */

import type { SourcePosition } from '../../graph/graph';

/** Finds the innermost position in the user's code. */
export class Locator {
  private readonly pattern: RegExp;

  /** @param file name under which the user's code runs */
  constructor(private readonly file: string) {
    this.pattern = new RegExp(`${file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+):(\\d+)`);
  }

  /** The innermost position of the user's code in a stack. */
  within(stack: string | undefined): SourcePosition | undefined {
    const found = stack === undefined ? null : this.pattern.exec(stack);
    return found ? { file: this.file, line: Number(found[1]), column: Number(found[2]) } : undefined;
  }

  /** The position of the user's code that is running now. */
  here(): SourcePosition | undefined {
    return this.within(new Error().stack);
  }
}
