/** What can be wrong with what a sampler is asked for. Codes are stable; messages are not. */
export type SampleErrorReason = 'target' | 'start' | 'run';

/** There is nothing that could be sampled as asked. The message is one sentence or two: what is wrong, and the cure. */
export class SampleError extends Error {
  override readonly name = 'SampleError';

  constructor(
    readonly reason: SampleErrorReason,
    message: string,
  ) {
    super(message);
  }
}
