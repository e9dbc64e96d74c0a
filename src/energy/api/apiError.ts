/** A wrong argument to a function of the `unblind` module, or a wrong energy definition. */

import type { Fix } from '../../shared/fix';

/** What is wrong, as a code; the message says it in one sentence. */
export type ApiErrorReason = 'argument' | 'params' | 'dimension' | 'fit';

/** Thrown inside the energy file, so that its stack holds the position of the call. */
export class ApiError extends Error {
  override readonly name = 'UnblindError';

  /**
   * @param reason what is wrong, as a code
   * @param message one sentence for the author of the energy file
   * @param fix how the text can be mended, where that is plain
   */
  constructor(
    readonly reason: ApiErrorReason,
    message: string,
    readonly fix?: Fix,
  ) {
    super(message);
  }
}
