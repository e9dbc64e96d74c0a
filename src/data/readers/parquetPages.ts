import { deserializeTCompactProtocol, readVarInt } from 'hyparquet/src/thrift.js';
import { compressors, maxPageBytes } from './parquetCompression';
import type { ColumnMetaData } from 'hyparquet';

type Fields = Readonly<Record<string, unknown>>;

/** Field numbers and encodings of parquet.thrift in apache/parquet-format. */
const encodings = { plainDictionary: 2, rle: 3, rleDictionary: 8 } as const;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** A count in a page header. @throws Error unless it is an integer from 0 to `most` */
function countIn(header: Fields, field: string, most: number): number {
  const value = header[field];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most)
    throw new Error('a page header makes a false claim');
  return value;
}

/**
 * Walks the pages of a flat column chunk and compares what their headers and runs claim with what is there. The decoder believes them:
 * a false count would keep it busy, or fill the memory, for ever.
 * @param optional whether values may be missing: then each page starts with definition levels
 * @throws Error where the pages do not fit into the chunk or hold another number of values than it says
 */
export function checkPages(bytes: Uint8Array, chunk: ColumnMetaData, optional: boolean): void {
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const length = Number(chunk.total_compressed_size);
  const values = Number(chunk.num_values);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, length), offset: 0 };
  let seen = 0;
  while (seen < values) {
    const header: Fields = deserializeTCompactProtocol(reader);
    const uncompressed = countIn(header, 'field_2', maxPageBytes);
    const from = start + reader.offset;
    const compressed = countIn(header, 'field_3', length - reader.offset);
    reader.offset += compressed;
    const page = bytes.subarray(from, from + compressed);
    const [data, dictionary, dataV2] = [header['field_5'], header['field_7'], header['field_8']];
    // A dictionary entry of numbers takes at least an eighth of a byte.
    if (isFields(dictionary)) countIn(dictionary, 'field_1', 8 * uncompressed);
    else if (isFields(data)) {
      const count = countIn(data, 'field_1', values - seen);
      const plain = decompress(page, uncompressed, chunk);
      const body = optional ? checkRuns(plain, 1, count) : plain;
      checkValues(body, chunk, countIn(data, 'field_2', 9), count);
      seen += count;
    } else if (isFields(dataV2)) {
      const count = countIn(dataV2, 'field_1', values - seen);
      countIn(dataV2, 'field_2', count);
      countIn(dataV2, 'field_3', count);
      const definition = countIn(dataV2, 'field_5', compressed);
      const levels = definition + countIn(dataV2, 'field_6', compressed - definition);
      checkRuns(page.subarray(0, levels), 1, count, levels);
      const body = page.subarray(levels);
      const plain = dataV2['field_7'] === false ? body : decompress(body, uncompressed - levels, chunk);
      checkValues(plain, chunk, countIn(dataV2, 'field_4', 9), count);
      seen += count;
    }
  }
}

function decompress(page: Uint8Array, length: number, { codec }: ColumnMetaData): Uint8Array {
  return compressors[codec]?.(page, length) ?? page;
}

function checkValues(body: Uint8Array, { type }: ColumnMetaData, encoding: number, count: number): void {
  const indexed = encoding === encodings.plainDictionary || encoding === encodings.rleDictionary;
  if (type === 'BOOLEAN' && encoding === encodings.rle) checkRuns(body, 1, count);
  else if (indexed && body.length > 0) checkRuns(body.subarray(1), body[0] ?? 0, count, body.length - 1);
}

/**
 * Checks the runs of the RLE / bit-packing hybrid: none may be longer than all values (a packed one is padded).
 * @param length of the runs in bytes; where absent, it stands before them
 * @returns the bytes behind the runs
 */
function checkRuns(bytes: Uint8Array, width: number, count: number, length?: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: length === undefined ? 4 : 0 };
  const end = reader.offset + (length ?? view.getUint32(0, true));
  if (width > 32 || end > bytes.length) throw new Error('runs reach beyond their page');
  const padded = count + 512;
  for (let seen = 0; seen < count && reader.offset < end;) {
    const header = readVarInt(reader);
    const run = header & 1 ? (header >>> 1) * 8 : header >>> 1;
    if (run > padded) throw new Error('a run is longer than its page');
    reader.offset += header & 1 ? (header >>> 1) * width : (width + 7) >> 3;
    seen += run;
  }
  return bytes.subarray(end);
}
