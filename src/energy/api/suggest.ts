/** "Did you mean": the nearest of a list of names. */

import type { Fix } from '../../shared/fix';

/** Edits that turn one word into another: insertions, deletions, replacements, and swaps of neighbours. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/**
 * The known name that a mistyped one stands for.
 * @returns undefined where none is near
 */
export function nearestName(wrong: string, known: readonly string[]): string | undefined {
  const lower = wrong.toLowerCase();
  const ranked = known
    .map((name) => ({ name, far: distance(lower, name.toLowerCase()), begins: lower.length >= 3 && name.toLowerCase().startsWith(lower) }))
    .filter(({ name, far, begins }) => begins || far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((p, q) => p.far - q.far);
  return ranked[0]?.name;
}

/** `; did you mean "steps"?`, or what is known where nothing is near. */
export function suggestion(wrong: string, known: readonly string[]): string {
  const near = nearestName(wrong, known);
  return near === undefined ? `; known are ${known.join(', ')}.` : `; did you mean "${near}"?`;
}

/** The fix that puts the nearest name in place of a wrong one; undefined where none is near. */
export function renaming(wrong: string, known: readonly string[]): Fix | undefined {
  const to = nearestName(wrong, known);
  return to === undefined ? undefined : { kind: 'rename', from: wrong, to };
}
