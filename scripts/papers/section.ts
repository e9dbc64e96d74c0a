/** What a part of docs/papers.md is: words, pictures, and tables whose rows say whether our number is the published one. */

import { formatNumber } from '../../src/shared/plot/numberFormat';

/** A picture of its own file. */
export interface Picture {
  /** File name in docs/papers. */
  readonly name: string;
  /** What it shows, in words. */
  readonly caption: string;
  readonly svg: string;
}

export interface Row {
  readonly quantity: string;
  readonly published: string;
  readonly ours: string;
  /** Whether it agrees by its tolerance; null where it cannot, because settings are not published. */
  readonly agrees: boolean | null;
  /** The tolerance, or why there is none. */
  readonly by: string;
}

export interface Table {
  readonly caption: string;
  /** Whether a paper prints the numbers that ours stand beside, or they were computed independently, or follow from a formula. */
  readonly column: 'published' | 'reference' | 'exact';
  /** Where that column comes from: a phrase without a capital. */
  readonly source: string;
  readonly rows: readonly Row[];
}

export interface Section {
  readonly title: string;
  /** Paragraphs of Markdown. */
  readonly text: readonly string[];
  readonly pictures: readonly Picture[];
  readonly tables: readonly Table[];
}

/** How far a number may be from the published one. */
export type Within = { readonly relative: number; readonly why?: string } | { readonly absolute: number; readonly why?: string };

const digits = 4;

/** A number beside a published one. */
export function compared(quantity: string, published: number, ours: number, within: Within): Row {
  const [bound, kind] = 'relative' in within ? [within.relative * Math.abs(published), 'relative'] : [within.absolute, 'absolute'];
  const tolerance = 'relative' in within ? within.relative : within.absolute;
  return {
    quantity,
    published: formatNumber(published, digits),
    ours: formatNumber(ours, digits),
    agrees: Math.abs(ours - published) <= bound,
    by: `within ${formatNumber(tolerance, 2)} ${kind}${within.why === undefined ? '' : `: ${within.why}`}`,
  };
}

/** A statement that our numbers must bear out. */
export function claimed(quantity: string, published: string, ours: string, holds: boolean, by: string): Row {
  return { quantity, published, ours, agrees: holds, by };
}

/** A number that need not agree. */
export function beside(quantity: string, published: number, ours: number, why: string): Row {
  return { quantity, published: formatNumber(published, digits), ours: formatNumber(ours, digits), agrees: null, by: why };
}

/** Rows that should agree and do not. */
export function disagreements(sections: readonly Section[]): Row[] {
  return sections.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows.filter(({ agrees }) => agrees === false)));
}
