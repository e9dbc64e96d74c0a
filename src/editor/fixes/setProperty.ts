import { tokenize } from '../tokens';
import type { Translate } from '../translate';
import type { Cure } from './applyFix';
import { definitionAt, propertyValue } from './definition';

/** Gives a property of the definition another value. */
export function setProperty(
  source: string,
  offset: number,
  { property, value }: { readonly property: string; readonly value: string },
  t: Translate,
): Cure | undefined {
  const tokens = tokenize(source);
  const definition = definitionAt(tokens, offset);
  const found = definition && propertyValue(tokens, definition, property);
  const [first, end] = found ? [tokens[found.from], tokens[found.to]] : [];
  if (first === undefined || end === undefined) return undefined;
  const length = source.slice(first.offset, end.offset).trimEnd().length;
  return { title: t('Set {0} to {1}', property, value), edits: [{ offset: first.offset, length, text: value }] };
}
