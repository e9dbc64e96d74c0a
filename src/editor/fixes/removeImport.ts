import { tokenize } from '../tokens';
import type { Translate } from '../translate';
import type { Cure } from './applyFix';
import { tokenAt } from './brackets';

/** Takes the import statement at the position away, with its line where it fills it. */
export function removeImport(source: string, offset: number, t: Translate): Cure | undefined {
  const tokens = tokenize(source);
  const at = tokenAt(tokens, offset);
  if (at === undefined) return undefined;
  const first = tokens.slice(0, at + 1).findLast(({ text }) => text === 'import');
  if (first === undefined) return undefined;
  // The name of the module is one token; with or without the semicolon behind it.
  const end = tokens[at + 1];
  const past = end?.text === ';' ? end.offset + 1 : (end?.offset ?? source.length);
  const stop = end?.text === ';' && source[past] === '\n' ? past + 1 : past;
  return { title: t('Remove the import'), edits: [{ offset: first.offset, length: stop - first.offset, text: '' }] };
}
