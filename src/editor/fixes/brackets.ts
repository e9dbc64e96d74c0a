/** Finds its way through tokens by their brackets. */

import type { Token } from '../tokens';

const opening = new Set(['(', '[', '{']);
const closing = new Set([')', ']', '}']);

/**
 * The first token at or behind `from` that is one of `ends` outside of all brackets opened since, or that closes a bracket
 * opened before.
 * @returns its index; undefined where the text ends first
 */
export function endOfPart(tokens: readonly Token[], from: number, ends: readonly string[]): number | undefined {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { text } = tokens[at] ?? { text: '' };
    if (depth === 0 && (ends.includes(text) || closing.has(text))) return at;
    if (opening.has(text)) depth++;
    else if (closing.has(text)) depth--;
  }
  return undefined;
}

/** The index of the bracket that closes the one at `open`. */
export function closingOf(tokens: readonly Token[], open: number): number | undefined {
  return endOfPart(tokens, open + 1, []);
}

/** The index of the last token that begins at or before an offset. */
export function tokenAt(tokens: readonly Token[], offset: number): number | undefined {
  const behind = tokens.findIndex((token) => token.offset > offset);
  const index = (behind === -1 ? tokens.length : behind) - 1;
  return index < 0 ? undefined : index;
}
