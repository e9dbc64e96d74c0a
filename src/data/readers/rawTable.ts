import { DataError } from '../dataError';
import type { FileDataSpec } from '../spec';

/** A data file in memory. */
export interface DataFile {
  /** As the user wrote it, for messages. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The first cell of a column that is no number. */
export interface ColumnFault {
  /** Zero-based data row; absent where the whole column is of another type. */
  readonly row?: number;
  /** What stands there. */
  readonly text: string;
}

/** A column as a format's reader finds it. */
export interface RawColumn {
  readonly name: string;
  /** Whether it is a column of numbers: its first value that is not missing is one. */
  readonly numeric: boolean;
  readonly fault?: ColumnFault;
  /** The numbers, NaN where one is missing; decoded only now where the format allows. */
  read(): Float64Array | Promise<Float64Array>;
}

/** What every format is read into. */
export interface RawTable {
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  /** Where rows are arrays, such as images: the sizes whose product is the number of columns. */
  readonly rowShape?: readonly number[];
  /** What the user calls the place of a row: a line of a text file, else a row. */
  readonly placeWord: 'line' | 'row';
  /** One-based place of a zero-based data row. */
  placeOf(row: number): number;
}

/** Reads one format. @throws DataError for everything that is wrong with the file */
export type Reader = (file: DataFile, spec: FileDataSpec) => RawTable | Promise<RawTable>;

/** The most columns a table may have. */
export const maxColumns = 65_536;

/** The most numbers that are decoded from a file: one gibibyte of float64. */
export const maxValues = 2 ** 27;

/** @throws DataError where a table has more columns than are read */
export function checkColumnCount(path: string, columns: number): void {
  if (columns <= maxColumns) return;
  throw new DataError('too-large', `"${path}" has ${String(columns)} columns; at most ${String(maxColumns)} can be read.`, path);
}

/** @throws DataError where the chosen columns hold more numbers than are read */
export function checkSize(path: string, rows: number, columns: number): void {
  if (rows * columns <= maxValues) return;
  const message = `"${path}" holds ${String(rows)} x ${String(columns)} numbers, more than the ${String(maxValues)} that can be read; thin it out.`;
  throw new DataError('too-large', message, path);
}

/** A name or a cell in quotes, shortened to forty characters. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `"${line.length > 40 ? `${line.slice(0, 40)}...` : line}"`;
}
