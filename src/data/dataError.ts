import { oneLine } from '../shared/oneLine';

/** What can be wrong with data or with a mixing density. Codes are stable; messages are not. */
export type DataErrorReason =
  | 'absent'
  | 'not-a-file'
  | 'unreadable'
  | 'empty'
  | 'too-large'
  | 'wrong-format'
  | 'truncated'
  | 'unsupported'
  | 'ragged'
  | 'not-numeric'
  | 'not-finite'
  | 'too-few-rows'
  | 'dimension'
  | 'unknown-column'
  | 'unknown-key'
  | 'key-needed'
  | 'parameters'
  | 'mixing-parameters'
  | 'mixing-dimension';

/** A mistake in the data that its owner can mend; the message is one sentence or two: what is wrong, and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';

  /**
   * @param reason what is wrong, as a code
   * @param message what is wrong and what to do, for the user
   * @param path the file, as the user wrote it; absent where there is no file
   * @param row one-based: the line for CSV, else the row
   */
  constructor(
    readonly reason: DataErrorReason,
    message: string,
    readonly path?: string,
    readonly row?: number,
  ) {
    super(oneLine(message));
  }
}
