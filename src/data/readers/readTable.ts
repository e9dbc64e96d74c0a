import { DataError } from '../dataError';
import { chooseColumns } from './chooseColumns';
import { readCsv } from './csv';
import { readIdx } from './idx';
import { readJson } from './json';
import { readNpy } from './npy';
import { readNpz } from './npz';
import { openFile } from './openFile';
import { withoutContent } from './outsideFile';
import { readParquet } from './parquet';
import { checkSize, quoted } from './rawTable';
import type { FileDataSpec, FileFormat } from '../spec';
import type { DataFile, RawColumn, Reader, RawTable } from './rawTable';

/** Finite numbers from a file. */
export interface Table {
  /** The names of the columns, [dim]; zero-based numbers where the file has none. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly dim: number;
  /** Row-major [rows, dim]; the caller owns it. */
  readonly values: Float64Array;
  /** Where rows are arrays of several dimensions, such as images: their sizes. */
  readonly rowShape?: readonly number[] | undefined;
}

/** What `readData` needs to know besides the specification. */
export interface ReadDataOptions {
  /** Where relative paths start: the energy file's folder. */
  readonly directory: string;
  /** The energy's dimension. */
  readonly dim: number;
  /** The fewest rows that will do. */
  readonly minRows: number;
}

const readers: Readonly<Record<FileFormat, Reader>> = {
  csv: readCsv,
  npy: readNpy,
  npz: readNpz,
  idx: readIdx,
  parquet: readParquet,
  json: readJson,
};

/**
 * Reads the rows of a data file: the columns it chooses, every value finite.
 * @throws DataError with a reason and a sentence for everything that can be wrong with the file or the choice of columns
 */
export async function readData(spec: FileDataSpec, options: ReadDataOptions): Promise<Table> {
  try {
    return await readFile(await openFile(spec.path, options.directory), spec, options);
  } catch (error) {
    throw await withoutContent(error, spec.path, options.directory);
  }
}

/** As `readData`, for a file in memory. */
export async function readFile(file: DataFile, spec: FileDataSpec, { dim, minRows }: Omit<ReadDataOptions, 'directory'>): Promise<Table> {
  const { path } = spec;
  const table = await readers[spec.format](file, spec);
  if (table.rows === 0) throw new DataError('empty', `"${path}" has no rows; give a file with data.`, path);
  const columns = chooseColumns(table, spec.columns, dim, path);
  for (const column of columns) checkNumeric(column, table, path);
  if (table.rows < minRows) {
    const message = `"${path}" has ${String(table.rows)} rows, but at least ${String(minRows)} are needed; give more data.`;
    throw new DataError('too-few-rows', message, path);
  }

  checkSize(path, table.rows, dim);
  const values = new Float64Array(table.rows * dim);
  for (const [j, column] of columns.entries()) {
    const numbers = await column.read();
    for (let row = 0; row < table.rows; row++) {
      const value = numbers[row] ?? NaN;
      if (!Number.isFinite(value)) throw notFinite(value, column, row, table, path);
      values[row * dim + j] = value;
    }
  }
  const rowShape = (table.rowShape?.length ?? 0) > 1 ? table.rowShape : undefined;
  return { columns: columns.map(({ name }) => name), rows: table.rows, dim, values, rowShape };
}

/** What the rows of a table are, in words: the sizes of an array, or the first names of the columns. */
export function rowsInWords({ columns, rowShape }: Pick<Table, 'columns' | 'rowShape'>): string {
  if (rowShape !== undefined) return rowShape.join(' x ');
  const shown = columns.slice(0, 12).join(', ');
  return columns.length > 12 ? `${shown} and ${String(columns.length - 12)} more` : shown;
}

function checkNumeric({ name, fault }: RawColumn, table: RawTable, path: string): void {
  if (fault === undefined) return;
  if (fault.row === undefined) {
    const message = `Column ${quoted(name)} of "${path}" holds ${fault.text}, not numbers; choose other columns.`;
    throw new DataError('not-numeric', message, path);
  }
  const place = table.placeOf(fault.row);
  const message = `Column ${quoted(name)} of "${path}" holds ${quoted(fault.text)} in ${table.placeWord} ${String(place)}, which is no number; mend it or choose other columns.`;
  throw new DataError('not-numeric', message, path, place);
}

function notFinite(value: number, column: RawColumn, row: number, table: RawTable, path: string): DataError {
  const place = table.placeOf(row);
  const problem = Number.isNaN(value) ? 'missing or NaN' : 'infinite';
  const message = `Column ${quoted(column.name)} of "${path}" is ${problem} in ${table.placeWord} ${String(place)}; remove or fill such rows.`;
  return new DataError('not-finite', message, path, place);
}
