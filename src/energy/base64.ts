/** Base64 of bytes, without Node or a browser: the sandbox has neither. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Characters are joined in pieces: one string of each would be slow, one array of all would be large. */
const pieceLength = 3 * 8192;

/** Bytes as base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let start = 0; start < bytes.length; start += pieceLength) {
    const end = Math.min(start + pieceLength, bytes.length);
    const codes: number[] = [];
    for (let i = start; i < end; i += 3) {
      const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      for (let k = 0; k < 4; k++) codes.push(i + k <= bytes.length ? alphabet.charCodeAt((word >> (18 - 6 * k)) & 63) : 61);
    }
    out += String.fromCharCode(...codes);
  }
  return out;
}
