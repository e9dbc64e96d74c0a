import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DataError } from '../dataError';
import type { DataFile } from './rawTable';

/** The largest file that is read; what is read is held in memory whole. */
export const maxFileBytes = 2 ** 30;

const causes: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'its name is too long',
};

/**
 * Reads a data file whole.
 * @param path absolute, or relative to `directory`
 * @throws DataError if there is no such file, it is no ordinary file, cannot be read, is empty or too large
 */
export async function openFile(path: string, directory: string): Promise<DataFile> {
  const full = resolve(directory, path);
  try {
    // Without O_NONBLOCK the opening of a named pipe would wait for a writer for ever. Windows has no such flag, which counts as zero here.
    const handle = await open(full, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = await handle.stat();
      if (status.isDirectory()) throw new DataError('not-a-file', `"${path}" is a directory; give the path of a file in it.`, path);
      if (!status.isFile()) throw new DataError('not-a-file', `"${path}" is no ordinary file; give the path of a data file.`, path);
      if (status.size === 0) throw new DataError('empty', `"${path}" is empty; give a file with data.`, path);
      if (status.size > maxFileBytes) {
        const message = `"${path}" has ${String(status.size)} bytes, more than the ${String(maxFileBytes)} that can be read; thin it out.`;
        throw new DataError('too-large', message, path);
      }
      return { path, bytes: await handle.readFile() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof DataError ? error : fileError(error, path, full);
  }
}

function fileError(error: unknown, path: string, full: string): DataError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
  if (code === 'EISDIR') return new DataError('not-a-file', `"${path}" is a directory; give the path of a file in it.`, path);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DataError(
      'absent',
      `There is no file "${path}" (looked for ${full}); a relative path starts at the energy file's folder.`,
      path,
    );
  }
  return new DataError('unreadable', `"${path}" cannot be read: ${causes[code] ?? code}.`, path);
}
