import type { Content, Markup } from './markup';
import { markup } from './markup';

/** Numbers as rows of already formatted cells; the first column heads each row. */
export interface NumberTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A figure with its caption, and its numbers in a table that opens on demand, for screen readers and for copying. */
export function figure(content: Content, caption: Content, tables: readonly NumberTable[]): Markup {
  const shown = tables.filter((table) => table.rows.length > 0);
  const details =
    shown.length === 0
      ? null
      : markup`<details><summary>Numbers of this figure</summary><div class="tables">${shown.map(numberTable)}</div></details>`;
  return markup`<figure>${content}<figcaption>${caption}</figcaption>${details}</figure>`;
}

/** A table with its caption. */
export function numberTable(table: NumberTable): Markup {
  const head = table.columns.map((column) => markup`<th scope="col">${column}</th>`);
  const rows = table.rows.map((cells) => {
    const [first = '', ...others] = cells;
    return markup`<tr><th scope="row">${first}</th>${others.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
  });
  return markup`<div class="scroll"><table><caption>${table.caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export interface Panel {
  readonly title: Content;
  readonly content: Content;
}

/** Pictures side by side, each under its title. */
export function panels(entries: readonly Panel[], width: 'narrow' | 'broad' = 'narrow'): Markup {
  return markup`<div class="panels ${width}" style="--count:${entries.length}">${entries.map(({ title, content }) => markup`<div class="panel"><h3>${title}</h3>${content}</div>`)}</div>`;
}
