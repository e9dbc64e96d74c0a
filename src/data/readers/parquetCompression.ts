import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { snappyUncompress } from 'hyparquet';
import type { Compressors } from 'hyparquet';

/** The largest decompressed page; writers make pages of about a megabyte. */
export const maxPageBytes = 2 ** 28;

/** No snappy copy makes more than 64 bytes out of two. */
const maxSnappyRatio = 32;

function claim(length: number, most: number): number {
  if (length < 0 || length > Math.min(most, maxPageBytes)) throw new Error('a page claims more bytes than it can hold');
  return length;
}

/** The compressions that can be read, besides none. Each refuses, by an Error, to make more bytes than the input can hold. */
export const compressors: Compressors = {
  SNAPPY: (input, length) => {
    const output = new Uint8Array(claim(length, maxSnappyRatio * (input.length + 2)));
    snappyUncompress(input, output);
    return output;
  },
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, claim(length, maxPageBytes)) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, claim(length, maxPageBytes)) }),
};
