import Papa from 'papaparse';
import { DataError } from '../dataError';
import { ColumnBuilder, parseCell } from './columnBuilder';
import { checkColumnCount } from './rawTable';
import type { DataFile, RawTable } from './rawTable';

/** The largest text file: a JavaScript string cannot be much longer. */
const maxTextBytes = 2 ** 28;

/**
 * The text of a file.
 * @throws DataError for one that is too long, or that is no UTF-8 (or UTF-16 with a byte order mark) text
 */
export function textOf({ path, bytes }: DataFile): string {
  if (bytes.length > maxTextBytes) {
    const message = `"${path}" has ${String(bytes.length)} bytes, more than the ${String(maxTextBytes)} of a text file that can be read; use npy or parquet.`;
    throw new DataError('too-large', message, path);
  }
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below, as for a binary file that happens to be valid UTF-8.
  }
  throw new DataError('wrong-format', `"${path}" is not a text file; save it as UTF-8, or read it with the function of its format.`, path);
}

/**
 * Whether the first row names the columns: it holds text and no numbers, or text above a number. (A text label beside numbers, with
 * text below it too, is data.)
 */
function isHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  const kinds = first.map(parseCell);
  if (!kinds.includes(undefined)) return false;
  return (
    !kinds.some((kind) => typeof kind === 'number') ||
    kinds.some((kind, i) => kind === undefined && parseCell(second?.[i] ?? 'text') !== undefined)
  );
}

/** Collects rows; the first two decide about the header. */
class CsvRows {
  private names: readonly string[] | undefined;
  private builders: readonly ColumnBuilder[] = [];
  private first: { cells: readonly string[]; line: number } | undefined;
  private readonly lines: number[] = [];

  constructor(private readonly path: string) {}

  push(cells: readonly string[], line: number): void {
    if (this.names !== undefined) this.add(cells, line);
    else if (this.first === undefined) this.first = { cells, line };
    else {
      this.start(this.first, cells);
      this.add(cells, line);
    }
  }

  private start(first: { cells: readonly string[]; line: number }, second: readonly string[] | undefined): void {
    const { cells, line } = first;
    checkColumnCount(this.path, cells.length);
    this.builders = cells.map(() => new ColumnBuilder());
    const header = isHeader(cells, second);
    this.names = cells.map((cell, i) => (header ? cell.trim() : String(i)));
    if (!header) this.add(cells, line);
  }

  private add(cells: readonly string[], line: number): void {
    const { builders, path } = this;
    if (cells.length !== builders.length) {
      const message = `Line ${String(line)} of "${path}" has ${String(cells.length)} cells, but the lines before have ${String(builders.length)}; give every line as many.`;
      throw new DataError('ragged', message, path, line);
    }
    for (const [i, cell] of cells.entries()) {
      const value = parseCell(cell);
      if (value === undefined) builders[i]?.addText(cell.trim());
      else builders[i]?.add(value);
    }
    this.lines.push(line);
  }

  table(): RawTable {
    if (this.first !== undefined && this.names === undefined) this.start(this.first, undefined);
    const { lines, names, builders } = this;
    return {
      rows: lines.length,
      columns: builders.map((builder, i) => builder.build(names?.[i] ?? String(i))),
      placeWord: 'line',
      placeOf: (row) => lines[row] ?? 0,
    };
  }
}

/** Blank lines take no part in the guess, yet must be counted when the file is read: so it is a pass of its own, over the first rows. */
function delimiterOf(path: string, text: string): string {
  if (/\.(tsv|tab)$/i.test(path)) return '\t';
  const delimitersToGuess = [',', '\t', ';', '|', ' '];
  return Papa.parse(text.slice(0, 65_536), { delimitersToGuess, preview: 10, skipEmptyLines: 'greedy' }).meta.delimiter;
}

/**
 * Comma-separated values, or tabs, semicolons, bars or single blanks: the delimiter is found by Papa Parse, and is a tab in a `.tsv`.
 * Blank lines are skipped, a `#` before the header is ignored (NumPy writes one); an empty cell or NA is a missing value.
 * @throws DataError for what is no text, an open quote, or lines of different lengths
 */
export function readCsv(file: DataFile): RawTable {
  const text = textOf(file).replace(/^\uFEFF?#?[ \t]*/, '');
  const rows = new CsvRows(file.path);
  const mayHoldLineBreaks = text.includes('"');
  let line = 1;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(file.path, text),
    step({ data, errors }) {
      const here = line;
      line += 1;
      if (mayHoldLineBreaks) for (const cell of data) line += cell.split('\n').length - 1;
      const quotes = errors.find((error) => error.type === 'Quotes');
      if (quotes !== undefined) {
        const message = `Line ${String(here)} of "${file.path}" has a quotation mark out of place (${quotes.message}); mend it.`;
        throw new DataError('wrong-format', message, file.path, here);
      }
      const blank = data.length === 1 && data[0]?.trim() === '';
      if (!blank) rows.push(data, here);
    },
  });
  return rows.table();
}
