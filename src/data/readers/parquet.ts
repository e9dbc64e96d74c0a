import { parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { DataError } from '../dataError';
import { compressors } from './parquetCompression';
import { checkPages } from './parquetPages';
import { checkColumnCount } from './rawTable';
import type { AsyncBuffer, FileMetaData, SchemaTree } from 'hyparquet';
import type { DataFile, RawColumn, RawTable } from './rawTable';

/**
 * A Parquet file (hyparquet): flat columns of numbers or truth values, uncompressed or compressed with snappy, gzip or brotli. Columns are
 * decoded when they are read. Null is a missing value.
 * @throws DataError for what is no Parquet file, is cut off, or is compressed otherwise
 */
export function readParquet(file: DataFile): RawTable {
  const { path, bytes } = file;
  const magic = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4)) === 'PAR1';
  if (!magic(0)) {
    throw new DataError('wrong-format', `"${path}" is no Parquet file: it does not start with PAR1; check its format.`, path);
  }
  if (bytes.length < 12 || !magic(bytes.length - 4)) throw damaged(path, 'it does not end with PAR1');
  const metadata = guarded(path, () => parquetMetadata(bytes, { geoparquet: false }));
  const rows = guarded(path, () => checkMetadata(metadata, bytes.length, path));
  const children = guarded(path, () => parquetSchema(metadata).children);
  checkColumnCount(path, children.length);
  return {
    rows,
    columns: children.map((child) => columnOf(file, metadata, child, rows)),
    placeWord: 'row',
    placeOf: (row) => row + 1,
  };
}

function damaged(path: string, detail: string): DataError {
  return new DataError('truncated', `"${path}" is damaged or cut off: ${detail}; write it again.`, path);
}

/** Turns whatever goes wrong within the decoder into an error for the user. */
function guarded<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof DataError ? error : damaged(path, 'its contents cannot be decoded');
  }
}

/** The number of rows. @throws DataError where the metadata contradict themselves or the size of the file */
function checkMetadata(metadata: FileMetaData, fileBytes: number, path: string): number {
  let rows = 0n;
  for (const group of metadata.row_groups) {
    rows += group.num_rows;
    for (const { meta_data: chunk } of group.columns) {
      if (chunk === undefined) throw damaged(path, 'a column has no description');
      if (chunk.codec !== 'UNCOMPRESSED' && !(chunk.codec in compressors)) {
        const message = `"${path}" is compressed with ${chunk.codec}; write it with snappy, gzip or no compression.`;
        throw new DataError('unsupported', message, path);
      }
      const start = chunk.dictionary_page_offset ?? chunk.data_page_offset;
      const inside = start >= 4n && chunk.total_compressed_size >= 0n && start + chunk.total_compressed_size <= BigInt(fileBytes);
      if (!inside) throw damaged(path, `column "${chunk.path_in_schema.join('.')}" should lie beyond its end`);
      if (chunk.path_in_schema.length === 1 && chunk.num_values !== group.num_rows) {
        throw damaged(path, `column "${chunk.path_in_schema.join('.')}" has another length than the table`);
      }
    }
  }
  if (rows !== metadata.num_rows || rows < 0n) throw damaged(path, 'its parts have another number of rows than it says');
  return Number(rows);
}

/** What a column holds if it is not numbers; undefined for numbers. */
function otherContent({ children, element }: SchemaTree): string | undefined {
  if (children.length > 0 || element.repetition_type === 'REPEATED') return 'nested values';
  const logical = element.logical_type?.type ?? element.converted_type ?? '';
  if (/^(DATE|TIME|TIMESTAMP)/.test(logical)) return 'dates or times';
  if (['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'].includes(element.type ?? '')) return undefined;
  if (logical === 'FLOAT16' || logical === 'DECIMAL') return undefined;
  return logical === 'STRING' || logical === 'UTF8' ? 'text' : `values of type ${element.type ?? 'unknown'}`;
}

function columnOf(file: DataFile, metadata: FileMetaData, schema: SchemaTree, rows: number): RawColumn {
  const name: unknown = schema.element.name;
  // The decoder takes the name from the file, where it may be missing.
  if (typeof name !== 'string') throw damaged(file.path, 'a column has no name');
  const text = otherContent(schema);
  if (text !== undefined) return { name, numeric: false, fault: { text }, read: () => new Float64Array(rows).fill(NaN) };
  const optional = schema.element.repetition_type !== 'REQUIRED';
  return { name, numeric: true, read: () => decode(file, metadata, { name, optional }, rows) };
}

async function decode(
  { path, bytes }: DataFile,
  metadata: FileMetaData,
  { name, optional }: { name: string; optional: boolean },
  rows: number,
): Promise<Float64Array> {
  const chunks: { start: number; values: Float64Array }[] = [];
  const source: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  try {
    for (const { columns } of metadata.row_groups) {
      const chunk = columns.find(({ meta_data: candidate }) => candidate?.path_in_schema[0] === name)?.meta_data;
      if (chunk !== undefined) checkPages(bytes, chunk, optional);
    }
    await parquetRead({
      file: source,
      metadata,
      columns: [name],
      compressors,
      onChunk: ({ columnData, rowStart }) => {
        chunks.push({ start: rowStart, values: Float64Array.from(columnData as ArrayLike<unknown>, toNumber) });
      },
    });
  } catch {
    throw damaged(path, `column "${name}" cannot be decoded`);
  }
  const decoded = chunks.reduce((sum, chunk) => sum + chunk.values.length, 0);
  if (decoded !== rows || chunks.some(({ start, values }) => start + values.length > rows)) {
    throw damaged(path, `column "${name}" has ${String(decoded)} of ${String(rows)} rows`);
  }
  const column = new Float64Array(rows);
  for (const { start, values } of chunks) column.set(values, start);
  return column;
}

function toNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : NaN;
}
