import { DataError } from '../dataError';
import { quoted } from './rawTable';
import type { RawColumn, RawTable } from './rawTable';

/** Names for a message, at most twelve of them. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(quoted).join(', ');
  return names.length > 12 ? `${shown} and ${String(names.length - 12)} more` : shown;
}

/**
 * The columns that a specification chooses, in its order; all columns of numbers where it says nothing.
 * @param chosen names, or zero-based numbers
 * @throws DataError for a column that does not exist, two of one name, or another number of columns than `dim`
 */
export function chooseColumns(
  table: RawTable,
  chosen: readonly (string | number)[] | undefined,
  dim: number,
  path: string,
): readonly RawColumn[] {
  const names = table.columns.map((column) => column.name);
  const found = chosen?.map((choice) => findColumn(table.columns, choice, path)) ?? table.columns.filter((column) => column.numeric);
  if (found.length === dim) return found;
  if (chosen === undefined && (table.rowShape?.length ?? 0) > 1) throw otherRowSize(table.rowShape ?? [], dim, path);
  const count = found.length === 1 ? '1 column' : `${String(found.length)} columns`;
  const message =
    chosen === undefined
      ? `"${path}" has ${count} of numbers, but the energy has dim ${String(dim)}; choose ${String(dim)} with columns, from ${listNames(names)}.`
      : `columns chooses ${count} of "${path}", but the energy has dim ${String(dim)}; choose ${String(dim)}, from ${listNames(names)}.`;
  throw new DataError('dimension', message, path);
}

function otherRowSize(shape: readonly number[], dim: number, path: string): DataError {
  const size = shape.reduce((product, length) => product * length, 1);
  const found = `"${path}" has rows of ${shape.join(' x ')} = ${String(size)} numbers`;
  if (size === 0) return new DataError('empty', `${found}; give a file with data.`, path);
  const message = `${found}, but the energy has dim ${String(dim)}; set dim to ${String(size)}.`;
  return new DataError('dimension', message, path);
}

function findColumn(columns: readonly RawColumn[], choice: string | number, path: string): RawColumn {
  const matches = columns.filter(({ name }, index) => (typeof choice === 'number' ? index : name) === choice);
  const [first] = matches;
  if (matches.length > 1) {
    const message = `"${path}" has ${String(matches.length)} columns named ${quoted(String(choice))}; choose by zero-based number.`;
    throw new DataError('unknown-column', message, path);
  }
  if (first !== undefined) return first;
  const asked = typeof choice === 'number' ? `number ${String(choice)}` : quoted(choice);
  const message = `"${path}" has no column ${asked}; its columns are ${listNames(columns.map(({ name }) => name))}, counted from 0.`;
  throw new DataError('unknown-column', message, path);
}
