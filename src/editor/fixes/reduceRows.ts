import { type Token, tokenize } from '../tokens';
import type { Translate } from '../translate';
import type { Cure } from './applyFix';
import { closingOf, endOfPart, tokenAt } from './brackets';
import { definitionAt } from './definition';
import { resultOf } from './result';

const reductions = new Set(['sum', 'mean', 'max', 'min', 'prod', 'logSumExp']);

/** Indices of the tokens between which each argument of a call stands. */
function argumentsOf(tokens: readonly Token[], open: number, close: number): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let from = open + 1; from < close;) {
    const to = endOfPart(tokens, from, [',']) ?? close;
    found.push({ from, to });
    from = to + 1;
  }
  return found;
}

/**
 * Lets the reduction at the position go over axis 1 in place of the batch: `tf.mean(x, 0)` or `x.sum()`. Where its value
 * is not the energy itself, it keeps its axis, so that it still broadcasts.
 */
export function reduceRows(source: string, offset: number, t: Translate): Cure | undefined {
  const tokens = tokenize(source);
  const at = tokenAt(tokens, offset);
  const name = at === undefined ? undefined : tokens[at];
  if (at === undefined || name === undefined || !reductions.has(name.text) || tokens[at + 1]?.text !== '(') return undefined;
  const close = closingOf(tokens, at + 1);
  const end = close === undefined ? undefined : tokens[close];
  if (close === undefined || end === undefined) return undefined;
  const given = argumentsOf(tokens, at + 1, close);
  const isFunction = tokens[at - 2]?.text === 'tf';
  const [axis, ...more] = isFunction ? given.slice(1) : given;
  if (more.length > 0 || (isFunction && given.length === 0)) return undefined;
  if (axis !== undefined && (axis.to !== axis.from + 1 || tokens[axis.from]?.text !== '0')) return undefined;
  const definition = definitionAt(tokens, offset);
  const isResult = definition !== undefined && resultOf(tokens, definition)?.end === end.offset + 1;
  const place = axis === undefined ? undefined : tokens[axis.from];
  const written = isResult ? '1' : '1, true';
  const argument = place
    ? { offset: place.offset, length: 1, text: written }
    : { offset: end.offset, length: 0, text: given.length > 0 ? `, ${written}` : written };
  // A mean over the coordinates is seldom meant as an energy.
  const renamed = isResult && name.text === 'mean' ? [{ offset: name.offset, length: 4, text: 'sum' }] : [];
  const title = renamed.length > 0 ? t('Sum over axis 1') : t('Reduce over axis 1');
  return { title, edits: [...renamed, argument] };
}
