import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatOfPath } from '../../../src/data/readers/formatOfPath';
import { rowsInWords } from '../../../src/data/readers/readTable';
import { dataFixture } from './dataFixture';

const { write, read, failure } = dataFixture();

/** An IDX file by hand. */
function idx(code: number, sizes: readonly number[], content: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint8(2, code);
  header.setUint8(3, sizes.length);
  for (const [axis, size] of sizes.entries()) header.setUint32(4 + 4 * axis, size);
  return Uint8Array.from([...new Uint8Array(header.buffer), ...content]);
}

/** Big-endian elements. */
function elements(bytes: number, numbers: readonly number[], set: (view: DataView, offset: number, value: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes * numbers.length));
  for (const [i, value] of numbers.entries()) set(view, bytes * i, value);
  return new Uint8Array(view.buffer);
}

const pixels = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);

it('names of many columns are cut short', () => {
  const columns = Array.from({ length: 14 }, (_, i) => `c${i}`);
  expect(rowsInWords({ columns })).toBe('c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 2 more');
});

describe('idx', () => {
  it.each<[string, number, number[], Uint8Array]>([
    ['unsigned bytes', 0x08, [0, 255, 128], Uint8Array.of(0, 255, 128)],
    ['signed bytes', 0x09, [-1, -128, 127], Uint8Array.of(255, 128, 127)],
    ['16-bit integers', 0x0b, [-2, 300, 32767], elements(2, [-2, 300, 32767], (view, offset, value) => view.setInt16(offset, value))],
    ['32-bit integers', 0x0c, [-2, 70_000, 1], elements(4, [-2, 70_000, 1], (view, offset, value) => view.setInt32(offset, value))],
    ['float32', 0x0d, [0.5, -1.25, 3], elements(4, [0.5, -1.25, 3], (view, offset, value) => view.setFloat32(offset, value))],
    ['float64', 0x0e, [0.1, -1e-300, 3], elements(8, [0.1, -1e-300, 3], (view, offset, value) => view.setFloat64(offset, value))],
  ])('reads %s', async (_, code, numbers, content) => {
    write('a.idx', idx(code, [3], content));
    expect([...(await read('a.idx', 'idx', 1)).values]).toEqual(numbers);
  });

  it('flattens images by rows, plain and gzipped', async () => {
    const images = idx(0x08, [2, 2, 3], pixels);
    for (const content of [images, gzipSync(images)]) {
      write('a.idx', content);
      const table = await read('a.idx', 'idx', 6);
      expect([table.rows, rowsInWords(table), [...table.values]]).toEqual([2, '2 x 3', [...pixels]]);
    }
  });

  it('is known by its name, also by those of MNIST', () => {
    const names = ['a.idx', 'A.IDX.GZ', 'train-images-idx3-ubyte', 'train-images.idx3-ubyte.gz', 'a.npy', 'a.gz', 'idx'];
    expect(names.map(formatOfPath)).toEqual(['idx', 'idx', 'idx', 'idx', 'npy', undefined, undefined]);
  });

  const images = idx(0x08, [2, 2, 3], pixels);
  it.each<[string, Uint8Array]>([
    ['wrong-format: "a.idx" is no IDX file: it does not start with two zero bytes; give a file like MNIST\'s.', Uint8Array.of(1, 2, 3, 4)],
    ['wrong-format: "a.idx" is no IDX file: it does not start with two zero bytes; give a file like MNIST\'s.', Uint8Array.of(0, 0, 8)],
    [
      'unsupported: "a.idx" has the IDX element type 0x0a, which does not exist; unsigned or signed bytes, 16- or 32-bit integers, float32 and float64 do.',
      idx(0x0a, [1], Uint8Array.of(1)),
    ],
    ['unsupported: "a.idx" holds an array of 0 dimensions; give one with one row per point.', idx(0x08, [], new Uint8Array(0))],
    ['truncated: "a.idx" ends within its header; it is cut off or damaged.', images.slice(0, 15)],
    [
      'truncated: "a.idx" should hold 2 x 2 x 3 numbers (12 bytes), but 11 bytes follow its header; it is cut off or damaged.',
      images.slice(0, -1),
    ],
    [
      'truncated: "a.idx" should hold 2 x 2 x 3 numbers (12 bytes), but 13 bytes follow its header; it is cut off or damaged.',
      Uint8Array.from([...images, 0]),
    ],
    [
      'truncated: "a.idx" should hold 2147483648 x 2147483648 x 2147483648 numbers (9.903520314283042e+27 bytes), but 12 bytes follow its header; it is cut off or damaged.',
      idx(0x08, [2 ** 31, 2 ** 31, 2 ** 31], pixels),
    ],
    ['too-large: "a.idx" has 70000 columns; at most 65536 can be read.', idx(0x08, [1, 70_000], new Uint8Array(70_000))],
    ['empty: "a.idx" has no rows; give a file with data.', idx(0x08, [0, 6], new Uint8Array(0))],
    ['empty: "a.idx" has rows of 0 x 3 = 0 numbers; give a file with data.', idx(0x08, [2 ** 32 - 1, 0, 3], new Uint8Array(0))],
    ['dimension: "a.idx" has rows of 3 x 3 = 9 numbers, but the energy has dim 6; set dim to 9.', idx(0x08, [1, 3, 3], new Uint8Array(9))],
    ['truncated: "a.idx" is no complete gzip file; it is cut off or damaged.', gzipSync(images).subarray(0, -9)],
    ['truncated: "a.idx" is no complete gzip file; it is cut off or damaged.', Uint8Array.of(0x1f, 0x8b)],
    [
      'not-finite@1: Column "0" of "a.idx" is missing or NaN in row 1; remove or fill such rows.',
      idx(0x0d, [1, 6], new Uint8Array(24).fill(255)),
    ],
  ])('refuses: %s', async (message, content) => {
    write('a.idx', content);
    expect(await failure('a.idx', 'idx', 6)).toBe(message);
  });
});
