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

/** The file that `--samples` names, its format told by its ending. Throws UsageError for an unknown ending. */
export function samplesFile(path: string): FileDataSpec {
  const format = formats[extname(path).toLowerCase()];
  if (!format) throw new UsageError(`--samples takes a file that ends in ${Object.keys(formats).join(', ')}, not "${path}".`);
  return { kind: 'file', format, path: resolve(path) };
}
