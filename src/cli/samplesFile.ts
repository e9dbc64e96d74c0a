import { extname, resolve } from 'node:path';
import type { FileDataSpec, FileFormat } from '../data/spec';
import { UsageError } from './usage';

const formats: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.npy': 'npy',
  '.npz': 'npz',
  '.parquet': 'parquet',
  '.json': 'json',
};

/**
 * The file that `--samples` names, its format told by its ending.
 * @param columns of `--columns`: names with commas between
 * @throws UsageError for an unknown ending
 */
export function samplesFile(path: string, columns: string | undefined): FileDataSpec {
  const format = formats[extname(path).toLowerCase()];
  if (!format) throw new UsageError(`--samples takes a file that ends in ${Object.keys(formats).join(', ')}, not "${path}".`);
  const chosen = columns?.split(',').map((name) => name.trim());
  return { kind: 'file', format, path: resolve(path), ...(chosen && { columns: chosen }) };
}
