import { tokenize } from '../tokens';
import type { Translate } from '../translate';
import type { Cure } from './applyFix';
import { definitionAt } from './definition';
import { resultOf } from './result';

const squeeze = '.squeeze([1])';

/** A chain of calls and names: to others, a method cannot be appended without parentheses. */
function isChain(expression: string): boolean {
  const outer = tokenize(expression);
  let depth = 0;
  return outer.every(({ text }) => {
    if (['(', '[', '{'].includes(text)) depth++;
    if ([')', ']', '}'].includes(text)) depth--;
    return depth > 0 || /^[\p{ID_Continue}$.)\]]+$/u.test(text)
      ? !(depth === 0 && ['as', 'satisfies', 'await', 'new'].includes(text))
      : false;
  });
}

/** Makes [n, 1] to [n] where the energy returns. */
export function squeezeResult(source: string, offset: number, t: Translate): Cure | undefined {
  const tokens = tokenize(source);
  const definition = definitionAt(tokens, offset);
  const result = definition && resultOf(tokens, definition);
  if (result === undefined) return undefined;
  const { start, end } = result;
  const append = { offset: end, length: 0, text: squeeze };
  const edits = isChain(source.slice(start, end))
    ? [append]
    : [
        { offset: start, length: 0, text: '(' },
        { ...append, text: `)${squeeze}` },
      ];
  return { title: t('Append {0}', squeeze), edits };
}
