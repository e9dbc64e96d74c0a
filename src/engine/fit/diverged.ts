import type { FitSettings } from '../../shared/settings';

/** The loss or its gradient is no longer a number. The run directory keeps the last good parameters. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
  constructor(
    readonly step: number,
    message: string,
  ) {
    super(message);
  }

  /** The same, with the place where the last good parameters are. */
  withDirectory(directory: string): DivergedError {
    return new DivergedError(this.step, `${this.message}; the last good parameters are kept in ${directory}`);
  }
}

/** Index of the first step whose records are not all finite, or Infinity. Each record is [steps]. */
export function firstBad(records: readonly Float32Array[]): number {
  return records.reduce((least, record) => {
    const at = record.findIndex((v) => !Number.isFinite(v));
    return at < 0 ? least : Math.min(least, at);
  }, Infinity);
}

/** What its author can do about a loss that is not finite at a step; `previousNorm` is the gradient's norm before. */
export function likelyCause(settings: FitSettings, step: number, previousNorm: number): string {
  if (step === 0)
    return 'the loss is not finite at the initial parameters: the energy or one of its derivatives is undefined or overflows float32 at some data rows (a logarithm or square root of a negative number, a division by zero, an exponential of something large)';
  if (previousNorm > 1e3)
    return `the gradient exploded (norm ${previousNorm.toExponential(1)} before): lower learningRate (${settings.learningRate}) or clip (${settings.clip || 'off'})`;
  return `lower learningRate (${settings.learningRate}), or look for a logarithm, root or division that meets zero`;
}
