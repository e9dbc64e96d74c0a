import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { NamedArray } from '../../../src/runs/arrays';
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from '../../../src/runs/arrays';
import { RunError } from '../../../src/runs/runError';
import { temporaryFolder } from './analyticRuns';

const matrix: NamedArray = { shape: [2, 3], data: Float32Array.of(1, -2.5, 3, 4, 5, 1e-20) };
const vector: NamedArray = { shape: [2], data: Float64Array.of(Math.PI, -1e300) };
const counts: NamedArray = { shape: [3], data: Int32Array.of(-7, 0, 2 ** 31 - 1) };
const scalar: NamedArray = { shape: [], data: Float64Array.of(4.5) };

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof RunError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('npy', () => {
  it.each([matrix, vector, counts, scalar, { shape: [0, 3], data: new Float32Array(0) }])(
    'gives back shape, type and every value of $shape',
    (array) => {
      expect(decodeNpy(encodeNpy(array), 'a')).toStrictEqual(array);
    },
  );

  it('writes the header of version 1.0 and begins the values at a multiple of 64 bytes', () => {
    const bytes = encodeNpy(matrix);
    expect(Array.from(bytes.subarray(0, 8))).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0]);
    const start = 10 + new DataView(bytes.buffer).getUint16(8, true);
    expect(start % 64).toBe(0);
    expect(strFromU8(bytes.subarray(10, start), true)).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
    expect(bytes.length).toBe(start + 24);
    expect(strFromU8(encodeNpy(vector).subarray(10, 74), true)).toContain("'shape': (2,)");
  });

  it('reads a view whose bytes do not begin where its buffer does', () => {
    const padded = Buffer.concat([Buffer.from([1, 2, 3]), encodeNpy(vector)]);
    expect(decodeNpy(padded.subarray(3), 'a')).toStrictEqual(vector);
  });

  it('refuses what is damaged or of another type', () => {
    const bytes = encodeNpy(matrix);
    const altered = (from: string, to: string): Uint8Array =>
      Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1');
    expect(codeOf(() => decodeNpy(bytes.subarray(0, bytes.length - 4), 'a'))).toBe('malformed');
    expect(codeOf(() => decodeNpy(new Uint8Array(40), 'a'))).toBe('malformed');
    expect(codeOf(() => decodeNpy(altered('(2, 3)', '(9, 3)'), 'a'))).toBe('malformed');
    expect(codeOf(() => decodeNpy(altered('<f4', '|O4'), 'a'))).toBe('unsupported');
    expect(codeOf(() => decodeNpy(altered('False', 'True '), 'a'))).toBe('unsupported');
    expect(codeOf(() => encodeNpy({ shape: [4], data: new Float32Array(3) }))).toBe('malformed');
  });
});

describe('npz', () => {
  it('gives back every array, passes over texts, and makes equal bytes of equal arrays', () => {
    const bytes = encodeNpz({ matrix, vector, counts }, { 'run.json': '{"a":1}' });
    expect(decodeNpz(bytes, 'a.npz')).toStrictEqual({ matrix, vector, counts });
    expect(Buffer.from(encodeNpz({ matrix, vector, counts }, { 'run.json': '{"a":1}' })).equals(Buffer.from(bytes))).toBe(true);
  });

  it('refuses what is no archive, and one that would unpack to more than a gigabyte', () => {
    expect(codeOf(() => decodeNpz(new Uint8Array(100), 'a.npz'))).toBe('malformed');
    const bytes = Buffer.from(zipSync({ 'a.npy': new Uint8Array(64) }));
    // The unpacked size stands 24 bytes after the start of the entry in the central directory.
    bytes.writeUInt32LE(0xf0000000, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(codeOf(() => decodeNpz(bytes, 'a.npz'))).toBe('too-large');
  });

  it('is refused with any of its bytes changed, or reads as before', () => {
    const bytes = encodeNpz({ matrix, counts }, { 'run.json': '{}' });
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << (at % 8);
      try {
        expect(decodeNpz(changed, 'a.npz'), `byte ${at}`).toStrictEqual({ matrix, counts });
      } catch (error) {
        if (!(error instanceof RunError)) throw error;
        expect(error.message).toMatch(/^[^\n]*a\.npz[^\n]*\.$/);
      }
    }
  });

  const numpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
  it.runIf(numpy)('is read by NumPy', () => {
    const path = join(temporaryFolder(), 'a.npz');
    writeFileSync(path, encodeNpz({ matrix, vector, counts, scalar }, { 'run.json': '{}' }));
    const script = `import numpy,sys
f = numpy.load(sys.argv[1])
print([(k, f[k].dtype.str, f[k].shape, f[k].tolist()) for k in ('vector', 'counts', 'scalar')], f['matrix'].shape, f['matrix'].dtype, f['run.json'])`;
    const answer = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
    expect(answer.stderr).toBe('');
    expect(answer.stdout.trim()).toBe(
      "[('vector', '<f8', (2,), [3.141592653589793, -1e+300]), ('counts', '<i4', (3,), [-7, 0, 2147483647]), ('scalar', '<f8', (), 4.5)] (2, 3) float32 b'{}'",
    );
  });
});
