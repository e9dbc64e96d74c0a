/** Finds the energies of a file by its text alone, so that lenses stay where they are while the code is half-written. */

import { type Token, tokenize } from './tokens';

/** What defines an energy or a score network. */
const definers = new Map<string, FoundEnergy['network']>([
  ['defineEnergy', 'energy'],
  ['defineScore', 'score'],
]);

/** An energy, or a score network, as the text has it. */
export interface FoundEnergy {
  readonly network: 'energy' | 'score';
  /** The name it is exported by. */
  readonly name: string;
  /** Offset and length of the name where it is declared, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

const declarations = new Set(['const', 'let', 'var']);

/** Every `export const NAME = defineEnergy(`, and `const NAME = defineEnergy(` that an `export { NAME }` hands out, in order; the same of `defineScore`. */
export function findEnergies(source: string): FoundEnergy[] {
  if (![...definers.keys()].some((name) => source.includes(name))) return [];
  const tokens = tokenize(source);
  const handedOut = exportLists(tokens);
  const found: FoundEnergy[] = [];
  for (const [index, token] of tokens.entries()) {
    const network = definers.get(token.text);
    if (network === undefined || !['(', '<'].includes(tokens[index + 1]?.text ?? '')) continue;
    const declared = declarationBefore(tokens, index);
    if (declared === undefined) continue;
    const name = declared.exported ? declared.name.text : handedOut.get(declared.name.text);
    if (name !== undefined) found.push({ network, name, offset: declared.name.offset, length: declared.name.text.length });
  }
  return found;
}

/** The declaration whose value begins at `index`: `[export] const NAME [: Type] =`. */
function declarationBefore(tokens: readonly Token[], index: number): { readonly name: Token; readonly exported: boolean } | undefined {
  if (tokens[index - 1]?.text !== '=') return undefined;
  // A type annotation may stand between the name and the sign.
  for (let at = index - 2; at >= 1 && at >= index - 12; at--) {
    if (tokens[at]!.text === ';' || tokens[at]!.text === '=') return undefined;
    if (!declarations.has(tokens[at - 1]!.text)) continue;
    const annotated = at === index - 2 || tokens[at + 1]?.text === ':';
    return annotated ? { name: tokens[at]!, exported: tokens[at - 2]?.text === 'export' } : undefined;
  }
  return undefined;
}

/** What `export { a, b as c }` hands out: exported names by local names. */
function exportLists(tokens: readonly Token[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (let at = 0; at < tokens.length - 1; at++) {
    if (tokens[at]!.text !== 'export' || tokens[at + 1]!.text !== '{') continue;
    for (at += 2; at < tokens.length && tokens[at]!.text !== '}'; at++) {
      const local = tokens[at]!.text;
      if (local === ',') continue;
      const renamed = tokens[at + 1]?.text === 'as';
      const name = renamed ? tokens[at + 2]?.text : local;
      if (name !== undefined) names.set(local, name);
      if (renamed) at += 2;
    }
  }
  return names;
}
