import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { DataError } from '../../../src/data/dataError';
import { readData } from '../../../src/data/readers/readTable';
import type { Table } from '../../../src/data/readers/readTable';
import type { FileDataSpec, FileFormat } from '../../../src/data/spec';

/** A folder of its own for a test file, removed afterwards. */
export function dataFixture() {
  const directory = mkdtempSync(join(tmpdir(), 'unblind-data-'));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const read = (path: string, format: FileFormat, dim: number, more: Partial<FileDataSpec> = {}, minRows = 1): Promise<Table> =>
    readData({ kind: 'file', format, path, ...more }, { directory, dim, minRows });
  return {
    directory,
    write(path: string, content: string | Uint8Array): void {
      writeFileSync(join(directory, path), content);
    },
    read,
    /** The error of a reading that must fail; its reason and place stand before the message. */
    async failure(path: string, format: FileFormat, dim: number, more: Partial<FileDataSpec> = {}, minRows = 1): Promise<string> {
      try {
        await read(path, format, dim, more, minRows);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        if (error.path !== path) throw new Error(`the error names ${String(error.path)}`);
        return `${error.reason}${error.row === undefined ? '' : `@${String(error.row)}`}: ${error.message}`;
      }
      throw new Error('nothing was refused');
    },
  };
}
