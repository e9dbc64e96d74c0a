import type { NamedArray } from '../arrays';
import { writeFileAtomic } from '../atomicFile';
import type { ProgressEvent } from '../record';
import type { Run } from '../runReader';
import { meansDirectory, outputFile } from './outputFile';

type Cell = string | number;

/**
 * Writes a run as CSV tables: `loss`, `modes`, and of the last snapshot `density` or `samples`, and `data`. Where `out` is a directory they lie in it, as `loss.csv`;
 * else `out` is how their names begin, as `<out>-loss.csv`. Tables without rows are left out. Throws RunError.
 */
export async function exportCsv(run: Run, out: string): Promise<string[]> {
  const { paths, write } = csvTables(out);
  const names = coordinateNames(run.record.dim);
  const progress = run.events.filter((event): event is ProgressEvent => event.type === 'progress');
  write(
    'loss',
    ['step', 'time', 'loss', 'gradientNorm', 'learningRate'],
    progress.map((event) => [event.step, event.time, event.loss, event.gradientNorm, event.learningRate]),
  );
  write(
    'modes',
    ['label', ...names, 'weight', 'weightStdErr', 'dataWeight', 'dataWeightStdErr'],
    (run.result?.modes ?? []).map((mode) => [
      mode.label,
      ...mode.center,
      mode.weight,
      mode.weightStdErr,
      mode.dataWeight,
      mode.dataWeightStdErr,
    ]),
  );
  const step = run.snapshots().at(-1)?.step;
  if (step !== undefined) {
    const { density, extent, samples } = run.readSnapshot(step);
    if (density !== null && extent !== null) write('density', [...names, 'density'], gridRows(density, extent));
    if (samples !== null) write('samples', names, matrixRows(samples));
  }
  const sample = run.readData()?.sample ?? null;
  if (sample !== null) write('data', names, matrixRows(sample));
  return Promise.resolve(paths);
}

/** What tables call the coordinates. */
export function coordinateNames(dim: number): string[] {
  return dim === 1 ? ['x'] : dim === 2 ? ['x', 'y'] : Array.from({ length: dim }, (_, axis) => `x${axis + 1}`);
}

/** Writes tables, each a file; `paths` are those written so far. Tables without rows are left out. Throws RunError. */
export function csvTables(out: string): {
  readonly paths: string[];
  readonly write: (name: string, header: readonly string[], rows: readonly (readonly Cell[])[]) => void;
} {
  const paths: string[] = [];
  return {
    paths,
    write: (name, header, rows) => {
      if (rows.length === 0) return;
      const path = meansDirectory(out) ? outputFile(out, `${name}.csv`) : outputFile(`${out.replace(/\.csv$/i, '')}-${name}.csv`, '');
      writeFileAtomic(path, [header, ...rows].map((row) => `${row.map(cellText).join(',')}\n`).join(''));
      paths.push(path);
    },
  };
}

/** RFC 4180. A text that a spreadsheet would take for a formula is led by an apostrophe: names may come from a stranger. */
function cellText(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}

/** Cell centres and values; the last coordinate of the extent is the outer loop, as in the array. */
function gridRows(density: NamedArray, extent: readonly number[]): Cell[][] {
  const columns = density.shape.at(-1) ?? 0;
  const lines = density.shape.length === 2 ? (density.shape[0] ?? 0) : 1;
  const [left = 0, right = 1, bottom = 0, top = 1] = extent;
  const rows: Cell[][] = [];
  for (let line = 0; line < lines; line++) {
    for (let column = 0; column < columns; column++) {
      const x = left + ((column + 0.5) / columns) * (right - left);
      const y = bottom + ((line + 0.5) / lines) * (top - bottom);
      const value = density.data[line * columns + column] ?? Number.NaN;
      rows.push(density.shape.length === 2 ? [tidy(x), tidy(y), value] : [tidy(x), value]);
    }
  }
  return rows;
}

/** Without the last digits that binary arithmetic leaves behind. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Rows of a matrix as cells. */
export function matrixRows(matrix: NamedArray): Cell[][] {
  const [rows = 0, columns = 0] = matrix.shape;
  return Array.from({ length: rows }, (_, row) => Array.from(matrix.data.subarray(row * columns, (row + 1) * columns)));
}
