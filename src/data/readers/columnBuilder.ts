import type { ColumnFault, RawColumn } from './rawTable';

/** What a text cell stands for: a number (also NaN and infinity), null for a missing value, undefined for text. */
export function parseCell(cell: string): number | null | undefined {
  const text = cell.trim();
  if (text === '' || text === 'NA') return null;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?nan$/i.test(text)) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return undefined;
}

/** Collects a column cell by cell, in memory that grows with what was really there. A column that starts with text is not kept. */
export class ColumnBuilder {
  private values = new Float64Array(64);
  private length = 0;
  private kind: 'unknown' | 'number' | 'text' = 'unknown';
  private fault: ColumnFault | undefined;

  /** Adds a number, or null for a missing value. */
  add(value: number | null): void {
    if (value !== null && this.kind === 'unknown') this.kind = 'number';
    if (this.kind !== 'text' && this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    if (this.kind !== 'text') this.values[this.length] = value ?? NaN;
    this.length++;
  }

  /** Adds a cell that is no number. */
  addText(text: string): void {
    this.fault ??= { row: this.length, text };
    if (this.kind === 'unknown') {
      this.kind = 'text';
      this.values = new Float64Array(0);
    }
    this.add(null);
  }

  /** The column; nothing may be added afterwards. */
  build(name: string): RawColumn {
    const values = this.values.subarray(0, this.length);
    const column = { name, numeric: this.kind !== 'text', read: () => values };
    return this.fault === undefined ? column : { ...column, fault: this.fault };
  }
}
