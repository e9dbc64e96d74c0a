/** The call of `defineEnergy` that a position belongs to. */

import type { Token } from '../tokens';
import { closingOf, endOfPart } from './brackets';

/** Indices of tokens. */
export interface Definition {
  /** The word `defineEnergy`. */
  readonly name: number;
  /** The brace that opens its object. */
  readonly open: number;
  /** The brace that closes it. */
  readonly close: number;
}

/** All calls of `defineEnergy` with an object. */
export function definitions(tokens: readonly Token[]): Definition[] {
  return tokens.flatMap(({ text }, name) => {
    if (text !== 'defineEnergy' || !['(', '<'].includes(tokens[name + 1]?.text ?? '')) return [];
    const call = tokens.findIndex((token, i) => i > name && token.text === '(');
    const open = call + 1;
    if (call === -1 || tokens[open]?.text !== '{') return [];
    const close = closingOf(tokens, open);
    return close === undefined ? [] : [{ name, open, close }];
  });
}

/** The definition around an offset, or beginning there; the only one of the file where the offset is in none. */
export function definitionAt(tokens: readonly Token[], offset: number): Definition | undefined {
  const all = definitions(tokens);
  const around = all.find((found) => (tokens[found.name]?.offset ?? 0) <= offset && offset <= (tokens[found.close]?.offset ?? 0));
  return around ?? (all.length === 1 ? all[0] : undefined);
}

/** Where the value of a property of the definition's own object begins and what ends it; looked for inside `fit`, too. */
export function propertyValue(
  tokens: readonly Token[],
  { open, close }: { readonly open: number; readonly close: number },
  property: string,
): { readonly from: number; readonly to: number } | undefined {
  for (let at = open + 1; at < close;) {
    const to = endOfPart(tokens, at, [',']) ?? close;
    if (tokens[at + 1]?.text === ':') {
      if (tokens[at]?.text === property) return { from: at + 2, to };
      if (tokens[at]?.text === 'fit' && tokens[at + 2]?.text === '{') {
        const inner = propertyValue(tokens, { open: at + 2, close: to - 1 }, property);
        if (inner !== undefined) return inner;
      }
    }
    at = to + 1;
  }
  return undefined;
}
