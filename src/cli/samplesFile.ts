import { resolve } from 'node:path';
import { formatOfPath, knownEndings } from '../data/readers/formatOfPath';
import type { FileDataSpec } from '../data/spec';
import { UsageError } from './usage';

/**
 * The file that `--samples` names, its format told by its ending.
 * @param columns of `--columns`: names with commas between
 * @throws UsageError for an unknown ending
 */
export function samplesFile(path: string, columns: string | undefined): FileDataSpec {
  const format = formatOfPath(path);
  if (!format) throw new UsageError(`--samples takes a file that ends in ${knownEndings}, not "${path}".`);
  const chosen = columns?.split(',').map((name) => name.trim());
  return { kind: 'file', format, path: resolve(path), ...(chosen && { columns: chosen }) };
}
