import type { Markup } from './markup';
import { markup } from './markup';

export interface LegendEntry {
  /** The class that colours the mark, and how it is drawn. */
  readonly className: string;
  readonly label: string;
}

/** The names of the marks in a picture, above it. */
export function legend(entries: readonly LegendEntry[]): Markup {
  return markup`<p class="legend">${entries.map(({ className, label }) => markup`<span class="${className}"><i aria-hidden="true"></i>${label}</span>`)}</p>`;
}
