/** The numbers behind a chart: as a table for those who do not see it, and as CSV. */

import { formatFixed, formatNumber } from '../src/shared/plot/numberFormat';
import { thin } from '../src/shared/plot/statistics';
import { element } from './dom';
import { t } from './words';

/** A cell; null is unknown. */
export type Cell = string | number | null;

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** More rows than this help nobody who listens to them; the CSV has them all. */
export const mostRows = 120;

export function renderTable(table: Table): HTMLTableElement {
  const rows = thin(table.rows, mostRows);
  const note =
    rows.length < table.rows.length
      ? t('{0} ({1} of {2} rows; Save as CSV has all)', table.caption, rows.length, table.rows.length)
      : table.caption;
  return element(
    'table',
    {},
    element('caption', {}, note),
    element('thead', {}, element('tr', {}, ...table.columns.map((name) => element('th', { scope: 'col' }, name)))),
    element(
      'tbody',
      {},
      ...rows.map((row) =>
        element(
          'tr',
          {},
          ...row.map((cell, index) => (index === 0 ? element('th', { scope: 'row' }, cellText(cell)) : element('td', {}, cellText(cell)))),
        ),
      ),
    ),
  );
}

function cellText(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (!Number.isFinite(cell)) return t('not finite');
  return Number.isInteger(cell) && Math.abs(cell) < 1e9 ? formatFixed(cell, 0) : formatNumber(cell, 4);
}

/** Tables as CSV (RFC 4180), numbers in full precision; an empty line and the caption part one from the next. */
export function csvOf(tables: readonly Table[]): string {
  const block = ({ columns, rows }: Table): string => [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
  if (tables.length === 1) return `${tables.map(block).join('')}\r\n`;
  return tables.map((table) => `${csvCell(table.caption)}\r\n${block(table)}\r\n`).join('\r\n');
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
