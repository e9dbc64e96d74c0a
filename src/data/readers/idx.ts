import { gunzipSync } from 'node:zlib';
import { DataError } from '../dataError';
import { maxFileBytes } from './openFile';
import { checkColumnCount } from './rawTable';
import type { DataFile, RawTable } from './rawTable';

interface ElementType {
  readonly bytes: number;
  read(view: DataView, offset: number): number;
}

/** By IDX's type code; the byte order is always big-endian. */
const elementTypes: ReadonlyMap<number, ElementType> = new Map([
  [0x08, { bytes: 1, read: (view, offset) => view.getUint8(offset) }],
  [0x09, { bytes: 1, read: (view, offset) => view.getInt8(offset) }],
  [0x0b, { bytes: 2, read: (view, offset) => view.getInt16(offset) }],
  [0x0c, { bytes: 4, read: (view, offset) => view.getInt32(offset) }],
  [0x0d, { bytes: 4, read: (view, offset) => view.getFloat32(offset) }],
  [0x0e, { bytes: 8, read: (view, offset) => view.getFloat64(offset) }],
] satisfies [number, ElementType][]);

/**
 * An IDX file, the format of MNIST (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"): two zero bytes, a type code, the
 * number of dimensions, their sizes as 32-bit integers, then the elements; plain or compressed by gzip. Rows run along the first dimension,
 * and the others are flattened with the last one fastest.
 * @throws DataError for another format, an unknown element type, or a number of bytes that is not the one of the header
 */
export function readIdx(file: DataFile): RawTable {
  const { path } = file;
  const bytes = file.bytes[0] === 0x1f && file.bytes[1] === 0x8b ? unpacked(file) : file.bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { type, sizes, start } = readHeader(view, path);
  const [rows = 0, ...rowShape] = sizes;
  const columns = rowShape.reduce((product, size) => product * size, 1);
  const claimed = rows * columns * type.bytes;
  const present = bytes.length - start;
  if (claimed !== present) {
    const message = `"${path}" should hold ${sizes.join(' x ')} numbers (${String(claimed)} bytes), but ${String(present)} bytes follow its header; it is cut off or damaged.`;
    throw new DataError('truncated', message, path);
  }
  checkColumnCount(path, columns);
  return {
    rows,
    columns: Array.from({ length: columns }, (_, j) => ({
      name: String(j),
      numeric: true,
      read: () => {
        const values = new Float64Array(rows);
        for (let i = 0; i < rows; i++) values[i] = type.read(view, start + (i * columns + j) * type.bytes);
        return values;
      },
    })),
    rowShape,
    placeWord: 'row',
    placeOf: (row) => row + 1,
  };
}

function readHeader(view: DataView, path: string): { type: ElementType; sizes: readonly number[]; start: number } {
  const isIdx = view.byteLength >= 4 && view.getUint16(0) === 0;
  if (!isIdx) {
    throw new DataError('wrong-format', `"${path}" is no IDX file: it does not start with two zero bytes; give a file like MNIST's.`, path);
  }
  const code = view.getUint8(2);
  const type = elementTypes.get(code);
  if (type === undefined) {
    const known = 'unsigned or signed bytes, 16- or 32-bit integers, float32 and float64';
    const message = `"${path}" has the IDX element type 0x${code.toString(16).padStart(2, '0')}, which does not exist; ${known} do.`;
    throw new DataError('unsupported', message, path);
  }
  const dimensions = view.getUint8(3);
  if (dimensions === 0)
    throw new DataError('unsupported', `"${path}" holds an array of 0 dimensions; give one with one row per point.`, path);
  const start = 4 + 4 * dimensions;
  if (start > view.byteLength) throw new DataError('truncated', `"${path}" ends within its header; it is cut off or damaged.`, path);
  return { type, sizes: Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis)), start };
}

function unpacked({ path, bytes }: DataFile): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxFileBytes });
  } catch (error) {
    if (error instanceof RangeError)
      throw new DataError(
        'too-large',
        `"${path}" unpacks to more than the ${String(maxFileBytes)} bytes that can be read; thin it out.`,
        path,
      );
    throw new DataError('truncated', `"${path}" is no complete gzip file; it is cut off or damaged.`, path);
  }
}
