import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { rowsInWords } from '../../../src/data/readers/readTable';
import { dataFixture } from './dataFixture';

const { write, read, failure } = dataFixture();

/** A .npy file by hand. */
function npy(descr: string, shape: string, data: Uint8Array, { fortran = false, version = 1 } = {}): Uint8Array {
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }\n`;
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...strToU8('NUMPY'), version, 0, ...length, ...strToU8(text), ...data]);
}

function bytesOf(bytes: number, numbers: readonly number[], set: (view: DataView, offset: number, value: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes * numbers.length));
  for (const [i, value] of numbers.entries()) set(view, bytes * i, value);
  return new Uint8Array(view.buffer);
}

const doubles = (numbers: readonly number[]) =>
  bytesOf(8, numbers, (view, offset, value) => {
    view.setFloat64(offset, value, true);
  });

async function valuesOf(content: Uint8Array, dim: number): Promise<number[]> {
  write('a.npy', content);
  return [...(await read('a.npy', 'npy', dim)).values];
}

describe('npy', () => {
  const integers = [1, 2, 3, 100, 5, 6];
  it.each<[string, Uint8Array]>([
    ["'<f8'", doubles(integers)],
    [
      "'>f8'",
      bytesOf(8, integers, (view, offset, value) => {
        view.setFloat64(offset, value);
      }),
    ],
    [
      "'<f4'",
      bytesOf(4, integers, (view, offset, value) => {
        view.setFloat32(offset, value, true);
      }),
    ],
    [
      "'>f4'",
      bytesOf(4, integers, (view, offset, value) => {
        view.setFloat32(offset, value);
      }),
    ],
    [
      "'<i8'",
      bytesOf(8, integers, (view, offset, value) => {
        view.setBigInt64(offset, BigInt(value), true);
      }),
    ],
    [
      "'>u8'",
      bytesOf(8, integers, (view, offset, value) => {
        view.setBigUint64(offset, BigInt(value));
      }),
    ],
    [
      "'<i4'",
      bytesOf(4, integers, (view, offset, value) => {
        view.setInt32(offset, value, true);
      }),
    ],
    [
      "'>u4'",
      bytesOf(4, integers, (view, offset, value) => {
        view.setUint32(offset, value);
      }),
    ],
    [
      "'>i2'",
      bytesOf(2, integers, (view, offset, value) => {
        view.setInt16(offset, value);
      }),
    ],
    [
      "'<u2'",
      bytesOf(2, integers, (view, offset, value) => {
        view.setUint16(offset, value, true);
      }),
    ],
    ["'|i1'", Uint8Array.from(integers)],
    ["'|u1'", Uint8Array.from(integers)],
  ])('reads %s in C and in Fortran order', async (descr, data) => {
    expect(await valuesOf(npy(descr, '(3, 2)', data), 2)).toEqual(integers);
    expect(await valuesOf(npy(descr, '(3, 2)', data, { fortran: true }), 2)).toEqual([1, 100, 2, 5, 3, 6]);
  });

  it('keeps signs and fractions', async () => {
    expect(await valuesOf(npy("'<f8'", '(3,)', doubles([-0.1, Math.PI, 1e-300])), 1)).toEqual([-0.1, Math.PI, 1e-300]);
    expect(await valuesOf(npy("'|i1'", '(2,)', Uint8Array.from([0xff, 0x80])), 1)).toEqual([-1, -128]);
    expect(await valuesOf(npy("'|u1'", '(2,)', Uint8Array.from([0xff, 0x80])), 1)).toEqual([255, 128]);
    expect(await valuesOf(npy("'|b1'", '(2,)', Uint8Array.from([0, 1])), 1)).toEqual([0, 1]);
  });

  it('reads half precision: one, -2, the largest, the least normal and the least subnormal number', async () => {
    const bits = [0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555];
    const data = bytesOf(2, bits, (view, offset, value) => {
      view.setUint16(offset, value, true);
    });
    expect(await valuesOf(npy("'<f2'", '(6,)', data), 1)).toEqual([1, -2, 65504, 2 ** -14, 2 ** -24, 1365 / 4096]);
  });

  it('reads header versions 2 and 3, and chooses columns by number', async () => {
    expect(await valuesOf(npy("'<f8'", '(1, 2)', doubles([1, 2]), { version: 2 }), 2)).toEqual([1, 2]);
    expect(await valuesOf(npy("'<f8'", '(1, 2)', doubles([1, 2]), { version: 3 }), 2)).toEqual([1, 2]);
    const table = await read('a.npy', 'npy', 1, { columns: [1] });
    expect(table).toEqual({ columns: ['1'], rows: 1, dim: 1, values: Float64Array.of(2) });
  });

  it('flattens images with the last dimension fastest, in C and in Fortran order', async () => {
    // Two images of 2 x 3 pixels with 2 channels: 100 i + 10 (3 r + c) + channel.
    const pixels = [0, 1].flatMap((i) => [0, 1, 2, 3, 4, 5].flatMap((p) => [0, 1].map((channel) => 100 * i + 10 * p + channel)));
    expect(await valuesOf(npy("'|u1'", '(2, 2, 3, 2)', Uint8Array.from(pixels)), 12)).toEqual(pixels);
    const fortran: number[] = [];
    for (const channel of [0, 1])
      for (const c of [0, 1, 2]) for (const r of [0, 1]) for (const i of [0, 1]) fortran.push(100 * i + 10 * (3 * r + c) + channel);
    expect(await valuesOf(npy("'|u1'", '(2, 2, 3, 2)', Uint8Array.from(fortran), { fortran: true }), 12)).toEqual(pixels);
    expect(rowsInWords(await read('a.npy', 'npy', 12))).toBe('2 x 3 x 2');
  });
});

describe('bad npy', () => {
  const good = npy("'<f8'", '(2, 2)', doubles([1, 2, 3, 4]));
  it.each<[string, Uint8Array]>([
    ['wrong-format: "a.npy" is no NumPy array: it does not start as a .npy file does; write it with numpy.save.', strToU8('x,y\n1,2\n')],
    ['truncated: "a.npy" ends within its header; it is cut off or damaged.', good.slice(0, 30)],
    ['truncated: "a.npy" ends within its header; it is cut off or damaged.', good.slice(0, 7)],
    [
      'truncated: "a.npy" should hold 2 x 2 numbers (32 bytes), but only 31 bytes follow its header; it is cut off or damaged.',
      good.slice(0, -1),
    ],
    [
      'truncated: "a.npy" should hold 1000000000 x 1000000 numbers (8000000000000000 bytes), but only 8 bytes follow its header; it is cut off or damaged.',
      npy("'<f8'", '(1000000000, 1000000)', doubles([1])),
    ],
    ['wrong-format: "a.npy" has a damaged .npy header; write it with numpy.save.', npy("'<f8'", '(-1, 2)', doubles([1]))],
    [
      'unsupported: "a.npy" holds elements of type \'<c16\'; save an array of real numbers, such as float64.',
      npy("'<c16'", '(1,)', doubles([1, 2])),
    ],
    [
      'unsupported: "a.npy" holds elements of type \'|O\'; save an array of real numbers, such as float64.',
      npy("'|O'", '(1,)', doubles([1])),
    ],
    ['unsupported: "a.npy" holds records; save an array of real numbers, such as float64.', npy("[('x', '<f8')]", '(1,)', doubles([1]))],
    [
      'dimension: "a.npy" has rows of 1 x 3 = 3 numbers, but the energy has dim 2; set dim to 3.',
      npy("'<f8'", '(1, 1, 3)', doubles([1, 2, 3])),
    ],
    [
      'truncated: "a.npy" should hold 2 x 1 x 2 numbers (32 bytes), but only 16 bytes follow its header; it is cut off or damaged.',
      npy("'<f8'", '(2, 1, 2)', doubles([1, 2])),
    ],
    [
      'unsupported: "a.npy" holds an array of 0 dimensions; save one with one row per point, of shape [rows, columns].',
      npy("'<f8'", '()', doubles([1])),
    ],
    ['empty: "a.npy" has no rows; give a file with data.', npy("'<f8'", '(0, 2)', doubles([]))],
    ['too-large: "a.npy" has 70000 columns; at most 65536 can be read.', npy("'|u1'", '(1, 70000)', new Uint8Array(70_000))],
    [
      'dimension: "a.npy" has 1 column of numbers, but the energy has dim 2; choose 2 with columns, from "0".',
      npy("'<f8'", '(2,)', doubles([1, 2])),
    ],
    [
      'not-finite@2: Column "1" of "a.npy" is missing or NaN in row 2; remove or fill such rows.',
      npy("'<f8'", '(2, 2)', doubles([1, 2, 3, NaN])),
    ],
    ['not-finite@1: Column "0" of "a.npy" is infinite in row 1; remove or fill such rows.', npy("'<f8'", '(1, 2)', doubles([Infinity, 2]))],
  ])('%s', async (message, content) => {
    write('a.npy', content);
    expect(await failure('a.npy', 'npy', 2)).toBe(message);
  });
});

describe('npz', () => {
  const first = npy("'<f8'", '(2, 2)', doubles([1, 2, 3, 4]));
  const second = npy("'<f8'", '(3,)', doubles([5, 6, 7]));

  it.each([0, 6] as const)('reads an archive at compression level %i', async (level) => {
    write('a.npz', zipSync({ 'points.npy': first, 'labels.npy': second, 'notes.txt': strToU8('hello') }, { level }));
    expect([...(await read('a.npz', 'npz', 2, { key: 'points' })).values]).toEqual([1, 2, 3, 4]);
    expect([...(await read('a.npz', 'npz', 1, { key: 'labels' })).values]).toEqual([5, 6, 7]);
  });

  it('needs no key where there is one array', async () => {
    write('a.npz', zipSync({ 'arr_0.npy': first }));
    expect([...(await read('a.npz', 'npz', 2)).values]).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, Uint8Array, string | undefined]>([
    ['key-needed: "a.npz" holds 2 arrays; choose one with key: "p", "q".', zipSync({ 'p.npy': first, 'q.npy': second }), undefined],
    ['unknown-key: "a.npz" has no array "r"; it has "p", "q".', zipSync({ 'p.npy': first, 'q.npy': second }), 'r'],
    ['empty: "a.npz" holds no arrays; write it with numpy.savez.', zipSync({ 'p.txt': first }), undefined],
    ['wrong-format: "a.npz" is no .npz archive: it does not start as a zip file does; write it with numpy.savez.', first, undefined],
    ['truncated: "a.npz" is no complete zip archive; it is cut off or damaged.', zipSync({ 'p.npy': first }).slice(0, -30), undefined],
    [
      'truncated: "a.npz[p]" should hold 2 x 2 numbers (32 bytes), but only 31 bytes follow its header; it is cut off or damaged.',
      zipSync({ 'p.npy': first.slice(0, -1) }),
      undefined,
    ],
    ['truncated: "a.npz" is no complete zip archive; it is cut off or damaged.', claimingSize(2 ** 29), undefined],
    [
      'too-large: An array in "a.npz" has 4000000000 bytes, more than the 1073741824 that can be read; thin it out.',
      claimingSize(4_000_000_000),
      undefined,
    ],
  ])('%s', async (message, content, key) => {
    write('a.npz', content);
    expect(await failure('a.npz', 'npz', 2, key === undefined ? {} : { key })).toBe(message);
  });

  /** An archive whose directory claims that its only file has this many bytes. */
  function claimingSize(size: number): Uint8Array {
    const archive = zipSync({ 'p.npy': first });
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
    const directory = view.getUint32(archive.length - 22 + 16, true);
    view.setUint32(directory + 24, size, true);
    return archive;
  }
});
