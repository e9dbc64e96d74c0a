import { DataError } from '../dataError';
import { ColumnBuilder } from './columnBuilder';
import { textOf } from './csv';
import { checkColumnCount } from './rawTable';
import type { DataFile, RawTable } from './rawTable';

/**
 * Numbers as JSON: a list of rows, a list of numbers (one column), a list of objects (the first one's keys are the columns), or an object
 * of lists (its keys are the columns). null and an absent key are missing values; true and false are 1 and 0.
 * @throws DataError for what is no JSON, none of these, or has rows or columns of different lengths
 */
export function readJson(file: DataFile): RawTable {
  const content = parse(file);
  if (Array.isArray(content)) {
    const list: readonly unknown[] = content;
    const [first] = list;
    if (first === undefined) throw new DataError('empty', `"${file.path}" is an empty list; give a file with data.`, file.path);
    if (Array.isArray(first)) return fromRows(file.path, list, first.length);
    if (isObject(first)) return fromRecords(file.path, list, Object.keys(first));
    return tableOf(file.path, ['0'], list.length, (row) => list[row]);
  }
  if (isObject(content)) return fromColumns(file.path, new Map(Object.entries(content)));
  const message = `"${file.path}" holds neither a list nor an object; write a list of rows, such as [[1, 2], [3, 4]].`;
  throw new DataError('unsupported', message, file.path);
}

function parse(file: DataFile): unknown {
  const text = textOf(file);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    const hint = /\b(NaN|Infinity)\b/.test(text) ? 'JSON knows neither NaN nor Infinity' : 'it is cut off or damaged';
    throw new DataError('wrong-format', `"${file.path}" is not valid JSON: ${hint}.`, file.path);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromRows(path: string, list: readonly unknown[], width: number): RawTable {
  for (const [index, row] of list.entries()) {
    if (Array.isArray(row) && row.length === width) continue;
    const found = Array.isArray(row) ? `has ${String(row.length)} numbers` : 'is no list';
    const message = `Row ${String(index + 1)} of "${path}" ${found}, but the first has ${String(width)} numbers; give every row as many.`;
    throw new DataError('ragged', message, path, index + 1);
  }
  const names = Array.from({ length: width }, (_, j) => String(j));
  return tableOf(path, names, list.length, (row, j) => (list as readonly (readonly unknown[])[])[row]?.[j]);
}

function fromRecords(path: string, list: readonly unknown[], names: readonly string[]): RawTable {
  const records = list.map((record, index) => {
    if (isObject(record)) return record;
    const message = `Row ${String(index + 1)} of "${path}" is no object, but the first is; give every row the same keys.`;
    throw new DataError('ragged', message, path, index + 1);
  });
  return tableOf(path, names, list.length, (row, j) => records[row]?.[names[j] ?? ''] ?? null);
}

function fromColumns(path: string, entries: ReadonlyMap<string, unknown>): RawTable {
  const names: string[] = [];
  const lists: (readonly unknown[])[] = [];
  for (const [name, value] of entries) {
    if (!Array.isArray(value)) {
      const message = `"${path}": "${name}" is no list of numbers; write an object of lists, such as {"x": [1, 3], "y": [2, 4]}.`;
      throw new DataError('unsupported', message, path);
    }
    const length = lists[0]?.length ?? value.length;
    if (value.length !== length) {
      const message = `"${path}": "${name}" has ${String(value.length)} numbers, but "${names[0] ?? ''}" has ${String(length)}; give every column as many.`;
      throw new DataError('ragged', message, path);
    }
    names.push(name);
    lists.push(value);
  }
  return tableOf(path, names, lists[0]?.length ?? 0, (row, j) => lists[j]?.[row]);
}

function tableOf(path: string, names: readonly string[], rows: number, cell: (row: number, column: number) => unknown): RawTable {
  checkColumnCount(path, names.length);
  const columns = names.map((name, j) => {
    const builder = new ColumnBuilder();
    for (let row = 0; row < rows; row++) {
      const value = cell(row, j);
      if (typeof value === 'number' || value === null) builder.add(value);
      else if (typeof value === 'boolean') builder.add(value ? 1 : 0);
      else builder.addText(typeof value === 'string' ? value : JSON.stringify(value));
    }
    return builder.build(name);
  });
  return { rows, columns, placeWord: 'row', placeOf: (row) => row + 1 };
}
