/** The expression that an energy function returns. */

import type { Token } from '../tokens';
import { closingOf, endOfPart } from './brackets';
import type { Definition } from './definition';

/** Offsets in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The result of `energy` in a definition; undefined where it is not one plain expression. */
export function resultOf(tokens: readonly Token[], { open, close }: Definition): Span | undefined {
  for (let at = open + 1; at < close;) {
    const to = endOfPart(tokens, at, [',']) ?? close;
    if (tokens[at]?.text === 'energy') return resultBetween(tokens, at + 1, to);
    at = to + 1;
  }
  return undefined;
}

function resultBetween(tokens: readonly Token[], from: number, to: number): Span | undefined {
  const body = bodyOf(tokens, from, to);
  if (body === undefined) return undefined;
  if (tokens[body]?.text !== '{') return span(tokens, body, to);
  const end = closingOf(tokens, body);
  if (end === undefined) return undefined;
  const returns: number[] = [];
  for (let at = body + 1, depth = 0; at < end; at++) {
    const { text } = tokens[at] ?? { text: '' };
    if (text === '{') depth++;
    if (text === '}') depth--;
    if (text === 'return' && depth === 0) returns.push(at);
  }
  const [only] = returns;
  if (only === undefined || returns.length > 1) return undefined;
  return span(tokens, only + 1, endOfPart(tokens, only + 1, [';']) ?? end);
}

/** Index of the first token of a function's body: behind its arrow, or the brace of a method. */
function bodyOf(tokens: readonly Token[], from: number, to: number): number | undefined {
  if (tokens[from]?.text === '(') {
    const closed = closingOf(tokens, from);
    const body = closed === undefined ? undefined : tokens.findIndex(({ text }, i) => i > closed && text === '{');
    return body !== undefined && body !== -1 && body < to ? body : undefined;
  }
  for (let at = from; at + 1 < to; at++) {
    const closed = tokens[at]?.text === '(' ? closingOf(tokens, at) : undefined;
    if (closed !== undefined) at = closed;
    else if (tokens[at]?.text === '=' && tokens[at + 1]?.text === '>') return at + 2;
  }
  return undefined;
}

function span(tokens: readonly Token[], from: number, to: number): Span | undefined {
  const [first, last] = [tokens[from], tokens[to - 1]];
  // Strings and templates end where no token says.
  if (first === undefined || last === undefined || from >= to || !/^[\p{ID_Continue}$)\]}]+$/u.test(last.text)) return undefined;
  return { start: first.offset, end: last.offset + last.text.length };
}
