import { DataError } from '../dataError';
import { checkColumnCount } from './rawTable';
import type { DataFile, RawTable } from './rawTable';

interface ElementType {
  readonly bytes: number;
  read(view: DataView, offset: number, little: boolean): number;
}

/** IEEE 754 half precision. */
function readHalf(view: DataView, offset: number, little: boolean): number {
  const bits = view.getUint16(offset, little);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** By NumPy's type code. 64-bit integers beyond 2^53 are rounded to float64. */
const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ['f8', { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) }],
  ['f4', { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) }],
  ['f2', { bytes: 2, read: readHalf }],
  ['i8', { bytes: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) }],
  ['i4', { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) }],
  ['i2', { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) }],
  ['i1', { bytes: 1, read: (view, offset) => view.getInt8(offset) }],
  ['u8', { bytes: 8, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) }],
  ['u4', { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) }],
  ['u2', { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) }],
  ['u1', { bytes: 1, read: (view, offset) => view.getUint8(offset) }],
  ['b1', { bytes: 1, read: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) }],
] satisfies [string, ElementType][]);

/**
 * A NumPy array file, format versions 1 to 3 (numpy.lib.format): either byte order, C or Fortran order. Rows run along the
 * first dimension, and those after it are flattened with the last one fastest, so that images [n, height, width, channels] are rows.
 * A one-dimensional array is one column; columns are named by zero-based number.
 * @throws DataError for another format, an element type that is no real number, no dimensions, or fewer bytes than the header says
 */
export function readNpy(file: DataFile): RawTable {
  return readArray(file, file.path);
}

/** As `readNpy`, for an array that messages call `label`: a part of an archive. */
export function readArray({ path, bytes }: DataFile, label: string): RawTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = readHeader(view, path, label);
  const { type, little, fortran, rows, rowShape } = parseHeader(header, path, label);
  const columns = rowShape.reduce((product, size) => product * size, 1);
  const claimed = rows * columns * type.bytes;
  const present = bytes.length - start;
  if (claimed > present) {
    const message = `"${label}" should hold ${[rows, ...rowShape].join(' x ')} numbers (${String(claimed)} bytes), but only ${String(present)} bytes follow its header; it is cut off or damaged.`;
    throw new DataError('truncated', message, path);
  }
  checkColumnCount(path, columns);
  const rowStep = (fortran ? 1 : columns) * type.bytes;
  return {
    rows,
    columns: Array.from({ length: rows === 0 ? 0 : columns }, (_, j) => ({
      name: String(j),
      numeric: true,
      read: () => {
        const values = new Float64Array(rows);
        const first = start + (fortran ? rows * fortranIndex(j, rowShape) : j) * type.bytes;
        for (let i = 0; i < rows; i++) values[i] = type.read(view, first + i * rowStep, little);
        return values;
      },
    })),
    rowShape,
    placeWord: 'row',
    placeOf: (row) => row + 1,
  };
}

/** The place in Fortran order of the element that stands at place `index` in C order. */
function fortranIndex(index: number, shape: readonly number[]): number {
  let place = 0;
  let left = index;
  let step = shape.reduce((product, size) => product * size, 1);
  for (const size of shape.toReversed()) {
    step /= size;
    place += (left % size) * step;
    left = Math.floor(left / size);
  }
  return place;
}

/** The header's text, and where the data starts. */
function readHeader(view: DataView, path: string, label: string): { header: string; start: number } {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (!magic.every((byte, i) => i < view.byteLength && view.getUint8(i) === byte)) {
    throw new DataError(
      'wrong-format',
      `"${label}" is no NumPy array: it does not start as a .npy file does; write it with numpy.save.`,
      path,
    );
  }
  const version = view.byteLength > 6 ? view.getUint8(6) : 1;
  const lengthBytes = version === 1 ? 2 : 4;
  const from = 8 + lengthBytes;
  const length = view.byteLength < from ? Infinity : lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (from + length > view.byteLength) {
    throw new DataError('truncated', `"${label}" ends within its header; it is cut off or damaged.`, path);
  }
  return { header: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + from, length)), start: from + length };
}

/** Reads the header, a Python dictionary such as {'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }. */
function parseHeader(header: string, path: string, label: string) {
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const descr = /'descr':\s*('[^']*'|\[)/.exec(header)?.[1];
  if (shapeText === undefined || order === undefined || descr === undefined) {
    throw new DataError('wrong-format', `"${label}" has a damaged .npy header; write it with numpy.save.`, path);
  }
  const [, byteOrder, code] = /^'([<>|=])(\w+)'$/.exec(descr) ?? [];
  const type = code === undefined ? undefined : elementTypes.get(code);
  if (type === undefined) {
    const found = descr === '[' ? 'records' : `elements of type ${descr}`;
    throw new DataError('unsupported', `"${label}" holds ${found}; save an array of real numbers, such as float64.`, path);
  }
  const shape = shapeText.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  const [rows, ...rowShape] = shape;
  if (rows === undefined) {
    const message = `"${label}" holds an array of 0 dimensions; save one with one row per point, of shape [rows, columns].`;
    throw new DataError('unsupported', message, path);
  }
  return { type, little: byteOrder !== '>', fortran: order === 'True', rows, rowShape };
}
