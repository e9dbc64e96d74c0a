/** Names of lines and bars, in rows as wide as a picture. */

import { textSize, type Surface } from './surface';
import type { Theme } from './theme';

export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  /** Of a line that is not drawn through. */
  readonly dash?: readonly number[];
}

const [rowHeight, markWidth, between] = [17, 22, 16];

/** About as wide as a text is: rows are laid out before there is anything to measure on. */
function roughWidth(text: string): number {
  return text.length * textSize * 0.56;
}

function rowsOf(entries: readonly LegendEntry[], width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [[]];
  let used = 0;
  for (const entry of entries) {
    const wide = markWidth + roughWidth(entry.label) + between;
    if (used > 0 && used + wide - between > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(entry);
    used += wide;
  }
  return rows;
}

/** Height of the legend; 0 without entries. */
export function legendHeight(entries: readonly LegendEntry[], width: number): number {
  return entries.length === 0 ? 0 : rowsOf(entries, width).length * rowHeight + 4;
}

/** Draws from the top left corner. */
export function drawLegend(surface: Surface, entries: readonly LegendEntry[], width: number, theme: Theme): void {
  rowsOf(entries, width).forEach((row, index) => {
    let left = 0;
    const middle = index * rowHeight + 8;
    for (const { label, colour, dash } of row) {
      surface.lines([[left, middle, left + 16, middle]], { colour, width: 2.2, ...(dash ? { dash } : {}) });
      surface.text(left + markWidth, middle + 0.5, label, { colour: theme.foreground });
      left += markWidth + surface.widthOf(label) + between;
    }
  });
}
