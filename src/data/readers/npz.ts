import { unzipSync } from 'fflate';
import { DataError } from '../dataError';
import { listNames } from './chooseColumns';
import { readArray } from './npy';
import { maxFileBytes } from './openFile';
import type { FileDataSpec } from '../spec';
import type { DataFile, RawTable } from './rawTable';

/** Deflate cannot shrink anything more than this many times. */
const maxDeflateRatio = 1032;

/**
 * One array of a NumPy archive (numpy.savez, numpy.savez_compressed): the one that `key` names, or the only one.
 * @throws DataError for what is no such archive, a key that is not there, several arrays and no key, and what `readArray` refuses
 */
export function readNpz({ path, bytes }: DataFile, { key }: FileDataSpec): RawTable {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw new DataError(
      'wrong-format',
      `"${path}" is no .npz archive: it does not start as a zip file does; write it with numpy.savez.`,
      path,
    );
  }
  const keys = unzip(path, bytes, () => false).names;
  const chosen = chooseKey(path, keys, key);
  const { files } = unzip(path, bytes, (name) => name === `${chosen}.npy`);
  const content = files[`${chosen}.npy`];
  if (content === undefined) throw damaged(path);
  return readArray({ path, bytes: content }, `${path}[${chosen}]`);
}

function damaged(path: string): DataError {
  return new DataError('truncated', `"${path}" is no complete zip archive; it is cut off or damaged.`, path);
}

/** The keys of all arrays, and the content of the wanted files. */
function unzip(path: string, bytes: Uint8Array, wanted: (name: string) => boolean) {
  const names: string[] = [];
  let entries = 0;
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        // Every file takes some bytes of the archive, so a longer list is made up.
        entries++;
        if (entries > bytes.length || size > bytes.length) throw damaged(path);
        if (name.endsWith('.npy')) names.push(name.slice(0, -'.npy'.length));
        if (!wanted(name)) return false;
        if (originalSize > maxFileBytes) {
          const message = `An array in "${path}" has ${String(originalSize)} bytes, more than the ${String(maxFileBytes)} that can be read; thin it out.`;
          throw new DataError('too-large', message, path);
        }
        if (originalSize > maxDeflateRatio * (size + 1)) throw damaged(path);
        return true;
      },
    });
    return { names, files };
  } catch (error) {
    throw error instanceof DataError ? error : damaged(path);
  }
}

function chooseKey(path: string, keys: readonly string[], key: string | undefined): string {
  const [first] = keys;
  if (first === undefined) throw new DataError('empty', `"${path}" holds no arrays; write it with numpy.savez.`, path);
  if (key === undefined) {
    if (keys.length === 1) return first;
    throw new DataError('key-needed', `"${path}" holds ${String(keys.length)} arrays; choose one with key: ${listNames(keys)}.`, path);
  }
  if (keys.includes(key)) return key;
  throw new DataError('unknown-key', `"${path}" has no array "${key}"; it has ${listNames(keys)}.`, path);
}
