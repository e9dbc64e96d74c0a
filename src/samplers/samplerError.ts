/** What can go wrong with a sampler. Codes are stable; messages are not. */
export type SamplerErrorReason = 'options' | 'start' | 'diverged';

/** A sampler cannot start or go on. The message is a sentence or two: what is wrong, where, and what to do. */
export class SamplerError extends Error {
  override readonly name = 'SamplerError';

  /**
   * @param reason what is wrong, as a code
   * @param message what is wrong and what to do, for the user
   * @param step the step in which particles stopped being numbers, counted from 0; the run still has those of before
   */
  constructor(
    readonly reason: SamplerErrorReason,
    message: string,
    readonly step?: number,
  ) {
    super(message);
  }
}
