import { type Token, tokenize } from '../tokens';
import type { Translate } from '../translate';
import type { Cure } from './applyFix';
import { definitionAt } from './definition';

const declarations = new Set(['const', 'let', 'var']);

/** Puts `export` before the declaration whose value is the definition. */
export function exportDefinition(source: string, offset: number, t: Translate): Cure | undefined {
  const tokens = tokenize(source);
  const definition = definitionAt(tokens, offset);
  if (definition === undefined || tokens[definition.name - 1]?.text !== '=') return undefined;
  const before: readonly Token[] = tokens.slice(0, definition.name);
  const declaration = before.findLast(({ text }) => declarations.has(text));
  const name = tokens[definition.name - 2]?.text ?? '';
  return declaration === undefined
    ? undefined
    : { title: t('Export {0}', name), edits: [{ offset: declaration.offset, length: 0, text: 'export ' }] };
}
