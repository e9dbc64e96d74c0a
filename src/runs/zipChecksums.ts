/** What a zip file says of its members, which the reader of the archive itself does not compare. */

import { strFromU8 } from 'fflate';

/** Records of the format (APPNOTE.TXT of PKWARE, 4.3), little-endian; offsets are counted from their beginning. */
const endOfDirectory = { signature: 0x06054b50, length: 22, entries: 10, start: 16 } as const;
const entry = { signature: 0x02014b50, length: 46, flags: 8, crc: 16, name: 28, extra: 30, comment: 32, local: 42 } as const;
const local = { signature: 0x04034b50, length: 30, name: 26 } as const;
/** The flag of names in UTF-8. */
const utf8 = 0x800;

/** Most bytes of the comment at the end of a file. */
const mostComment = 0xffff;

/** Where the record begins that ends the file. Throws RangeError where there is none. */
function findEnd(view: DataView): number {
  const last = view.byteLength - endOfDirectory.length;
  for (let at = last; at >= Math.max(0, last - mostComment); at--) if (view.getUint32(at, true) === endOfDirectory.signature) return at;
  throw new RangeError('This is no zip file.');
}

/**
 * CRC-32 by the names of the members. The names must be the same at both places where the file has them, and its directory must be complete.
 * @throws RangeError where they are not
 */
export function zipChecksums(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const checksums = new Map<string, number>();
  const end = findEnd(view);
  let at = view.getUint32(end + endOfDirectory.start, true);
  for (let left = view.getUint16(end + endOfDirectory.entries, true); left > 0; left--) {
    const first = view.getUint32(at + entry.local, true);
    if (view.getUint32(at, true) !== entry.signature || view.getUint32(first, true) !== local.signature)
      throw new RangeError('A record is not where it should be.');
    const decode = (from: number, length: number): string =>
      strFromU8(bytes.subarray(from, from + length), (view.getUint16(at + entry.flags, true) & utf8) === 0);
    const name = decode(at + entry.length, view.getUint16(at + entry.name, true));
    if (decode(first + local.length, view.getUint16(first + local.name, true)) !== name) throw new RangeError('A member has two names.');
    checksums.set(name, view.getUint32(at + entry.crc, true));
    at += entry.length + [entry.name, entry.extra, entry.comment].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  if (at !== end) throw new RangeError('The directory is not complete.');
  return checksums;
}
