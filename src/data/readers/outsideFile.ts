/** Files outside the workspace give their numbers, and nothing else: a message that quoted them would show a stranger's energy file any text. */

import { resolve } from 'node:path';
import { DataError, type DataErrorReason } from '../dataError';
import { isInWorkspace } from '../workspaceRoot';

/** What stands in place of messages that quote the file. */
const sayings: Readonly<Partial<Record<DataErrorReason, string>>> = {
  'not-numeric': 'a column that is read holds something that is no number',
  dimension: 'its columns of numbers are not as many as the energy has dimensions, or the chosen ones are not',
  'unknown-column': 'a chosen column is not there, or is there twice',
  'unknown-key': 'it has no array of that key',
  'key-needed': 'it holds several arrays, and none is chosen with key',
  unsupported: 'it holds something else than a table of numbers',
  'wrong-format': 'it is of another format',
};

/** The error to show for a file: as it is inside the workspace, without any of the file's content outside. */
export async function withoutContent(error: unknown, path: string, directory: string): Promise<unknown> {
  const saying = error instanceof DataError ? sayings[error.reason] : undefined;
  if (!(error instanceof DataError) || saying === undefined || (await isInWorkspace(resolve(directory, path), resolve(directory))))
    return error;
  const message = `"${path}" cannot be read: ${saying}; copy it into the workspace to see what, for nothing of other files is shown.`;
  return new DataError(error.reason, message, path, error.row);
}
