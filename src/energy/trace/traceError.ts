import type { SourcePosition } from '../../graph/graph';
import type { Fix } from '../../shared/fix';
import type { EnergyFileReason } from '../errors';

/** A mistake found while an energy file runs, with a position in the bundle. */
export class TraceError extends Error {
  override readonly name = 'UnblindError';

  /**
   * @param reason what is wrong, as a code
   * @param message one line for the author of the file
   * @param position in the code that ran; the loader maps it to the file
   * @param fix how the text can be mended, where that is plain
   */
  constructor(
    readonly reason: EnergyFileReason,
    message: string,
    readonly position?: SourcePosition,
    readonly fix?: Fix,
  ) {
    super(message);
  }
}
