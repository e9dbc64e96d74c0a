import type { SourcePosition } from '../../graph/graph';
import type { EnergyFileReason } from '../errors';

/** A mistake found while an energy file runs, with a position in the bundle. */
export class TraceError extends Error {
  override readonly name = 'UnblindError';

  /**
   * @param reason what is wrong, as a code
   * @param message one line for the author of the file
   * @param position in the code that ran; the loader maps it to the file
   */
  constructor(
    readonly reason: EnergyFileReason,
    message: string,
    readonly position?: SourcePosition,
  ) {
    super(message);
  }
}
