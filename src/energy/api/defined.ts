/** What an energy file defined, by the objects that it may export. */

import type { EnergyDefinition } from './define';
import type { ScoreDefinition } from './defineScore';
import type { ParameterTree } from './parameters';

/** A definition whose parameters are of an unknown type. */
export type Definition =
  | { readonly network: 'energy'; readonly definition: EnergyDefinition<ParameterTree> }
  | { readonly network: 'score'; readonly definition: ScoreDefinition<ParameterTree> };

/** A definition with the stack of the call that made it. */
export type Defined = Definition & { readonly stack: string };

const known = new Map<object, Defined>();

/** Remembers a definition by the object that the caller gives back to the file. */
export function remember(object: object, defined: Definition): void {
  known.set(object, { ...defined, stack: new Error().stack ?? '' });
}

/** Everything that was defined, in order. */
export function definitions(): ReadonlyMap<object, Defined> {
  return known;
}
