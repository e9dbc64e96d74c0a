/** What can be wrong with an energy file. */

import { oneLine } from '../shared/oneLine';
import type { SourcePosition } from '../graph/graph';
import type { Fix } from '../shared/fix';

/** A code for each kind of mistake. Codes are stable; messages are not. */
export const energyFileReasons = [
  /** The file cannot be read. */
  'file',
  /** The file does not parse. */
  'syntax',
  /** A module that it imports is not there, or may not be used. */
  'import',
  /** No export is an energy. */
  'no-energy',
  /** The energy that was asked for does not exist. */
  'unknown-energy',
  /** User code threw. */
  'exception',
  /** A function of the unblind module got a wrong argument. */
  'argument',
  /** An unknown or impossible fit setting. */
  'fit',
  /** Parameters that are no tensors, or not finite. */
  'params',
  /** Data or mixing density of another dimension than the energy. */
  'dimension',
  /** The energy returns a wrong shape or something else than a tensor. */
  'shape',
  /** The energy reads a value while it is traced. */
  'reading',
  /** An operation that cannot be traced. */
  'unsupported',
  /** tf.grad and its like. */
  'gradient',
  /** The energy of one row depends on other rows. */
  'rows',
  /** Two calls of the energy differ. */
  'not-deterministic',
  /** Killed after the time limit. */
  'timeout',
  /** Out of memory. */
  'memory',
  /** The sandbox ended or answered in an unexpected way. */
  'crash',
] as const;

/** Why an energy file was refused. */
export type EnergyFileReason = (typeof energyFileReasons)[number];

/** A mistake in an energy file, for its author: one line that says what is wrong and how to mend it. */
export class EnergyFileError extends Error {
  override readonly name = 'EnergyFileError';

  /**
   * @param reason what is wrong, as a code
   * @param message one line, without the position
   * @param position where, in the file that the user wrote; absent where there is no place
   * @param fix how the text can be mended, where that is plain
   */
  constructor(
    readonly reason: EnergyFileReason,
    message: string,
    readonly position?: SourcePosition,
    readonly fix?: Fix,
  ) {
    super(oneLine(message));
  }
}
