import type { FileFormat } from '../spec';

/** Formats by the ending of a file's name; MNIST's own files have a dash where others have a dot. */
const endings: readonly (readonly [ending: string, format: FileFormat])[] = [
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.txt', 'csv'],
  ['.npy', 'npy'],
  ['.npz', 'npz'],
  ['.parquet', 'parquet'],
  ['.json', 'json'],
  ['.idx', 'idx'],
  ['.idx.gz', 'idx'],
  ['-ubyte', 'idx'],
  ['-ubyte.gz', 'idx'],
];

/** The endings by which `formatOfPath` knows a format, for messages. */
export const knownEndings = endings.map(([ending]) => ending).join(', ');

/** The format of a data file by its name; undefined where the ending is unknown. */
export function formatOfPath(path: string): FileFormat | undefined {
  const name = path.toLowerCase();
  return endings.find(([ending]) => name.endsWith(ending))?.[1];
}
