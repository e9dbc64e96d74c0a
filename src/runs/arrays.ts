import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { crc32 } from '../shared/crc32';
import { RunError } from './runError';
import { zipChecksums } from './zipChecksums';

/** A dense array in row-major order. The holder of the object owns `data`; encoding copies it, decoding makes a new one. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** Arrays by name, as one .npz file holds them. */
export type NamedArrays = Readonly<Record<string, NamedArray>>;

/** Most bytes that one archive may unpack to: a run directory may come from a stranger. */
const maxUnpackedBytes = 1 << 30;

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/** The smallest date a zip file can hold, so that equal arrays give equal bytes. */
const zipDate = new Date(1980, 0, 1);

function dtypeOf(data: NamedArray['data']): string {
  if (data instanceof Float32Array) return '<f4';
  return data instanceof Float64Array ? '<f8' : '<i4';
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** NumPy's .npy format, version 1.0. Throws RunError where `shape` and `data` disagree. */
export function encodeNpy(array: NamedArray): Uint8Array {
  if (sizeOf(array.shape) !== array.data.length) {
    throw new RunError('malformed', `An array of shape [${array.shape.join(', ')}] cannot hold ${array.data.length} values.`);
  }
  const tuple = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(', ')})`;
  const header = `{'descr': '${dtypeOf(array.data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // The format asks for the values to begin at a multiple of 64 bytes, with a newline before them.
  const start = Math.ceil((magic.length + 2 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + array.data.byteLength);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint16(magic.length, start - magic.length - 2, true);
  bytes.fill(0x20, magic.length + 2, start);
  bytes.set(strToU8(header, true), magic.length + 2);
  bytes[start - 1] = 0x0a;
  bytes.set(new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength), start);
  return bytes;
}

/** Reads float32, float64 and int32 arrays in C order. `name` is for messages. Throws RunError on anything else. */
export function decodeNpy(bytes: Uint8Array, name: string): NamedArray {
  const malformed = (what: string): RunError => new RunError('malformed', `The array ${name} is damaged: ${what}.`);
  if (bytes.length < 12 || magic.slice(0, 6).some((byte, index) => bytes[index] !== byte)) throw malformed('it is not a .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = view.getUint8(6) > 1;
  const textStart = wide ? 12 : 10;
  const start = textStart + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) throw malformed('its header is cut off');
  const header = strFromU8(bytes.subarray(textStart, start), true);
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || tuple === undefined) throw malformed('its header cannot be read');
  const shape = tuple
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (order === 'True' && shape.length > 1) throw new RunError('unsupported', `The array ${name} is in Fortran order; save it in C order.`);
  const width = descr === '<f8' ? 8 : 4;
  const size = sizeOf(shape);
  if (bytes.length - start !== size * width) throw malformed(`its header asks for ${size} values and its length disagrees`);
  // A copy: a view would not be aligned, and would keep the whole file alive.
  const copy = new Uint8Array(bytes.subarray(start)).buffer;
  if (descr === '<f4') return { shape, data: new Float32Array(copy) };
  if (descr === '<f8') return { shape, data: new Float64Array(copy) };
  if (descr === '<i4') return { shape, data: new Int32Array(copy) };
  throw new RunError('unsupported', `The array ${name} holds '${descr}' values; only float32, float64 and int32 are read.`);
}

/** NumPy's .npz: a zip of .npy files. `texts` are further members, which NumPy hands out as bytes under their own names. */
export function encodeNpz(arrays: NamedArrays, texts: Readonly<Record<string, string>> = {}): Uint8Array {
  const members: Zippable = {};
  // Stored, as by NumPy's savez: parameters hardly compress, and snapshots are written while the fit waits.
  for (const [name, array] of Object.entries(arrays)) members[`${name}.npy`] = [encodeNpy(array), { level: 0, mtime: zipDate }];
  for (const [name, text] of Object.entries(texts)) members[name] = [strToU8(text), { level: 6, mtime: zipDate }];
  return zipSync(members);
}

/** The arrays of an .npz file; members that are not .npy are passed over. `name` is for messages. Throws RunError on a damaged or very large archive. */
export function decodeNpz(bytes: Uint8Array, name: string): NamedArrays {
  let total = 0;
  let members: Record<string, Uint8Array>;
  let checksums: Map<string, number>;
  try {
    checksums = zipChecksums(bytes);
    members = unzipSync(bytes, {
      filter: (file) => {
        if (!file.name.endsWith('.npy')) return false;
        total += file.originalSize;
        if (total > maxUnpackedBytes) throw new RunError('too-large', `${name} would unpack to more than a gigabyte.`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunError('malformed', `${name} is not a readable .npz archive.`);
  }
  const decoded = Object.entries(members).map(([file, body]) => {
    if (crc32(body) !== checksums.get(file)) throw new RunError('malformed', `${name} is damaged: the checksum of '${file}' disagrees.`);
    return [file.slice(0, -4), decodeNpy(body, `'${file.slice(0, -4)}' of ${name}`)] as const;
  });
  return Object.fromEntries(decoded);
}
