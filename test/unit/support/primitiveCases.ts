import type { PrimitiveName } from '../../../src/graph/graph';
import { primitiveNames } from '../../../src/graph/table';
import { elementwiseCases } from './elementwiseCases';
import { movementCases } from './movementCases';
import type { PrimitiveCase, PrimitiveCases } from './primitiveCase';
import { reductionCases } from './reductionCases';

/** Cases of every primitive. `input` and `constant` are given, not computed, and have none. */
export const primitiveCases: PrimitiveCases = { input: [], constant: [], ...elementwiseCases, ...reductionCases, ...movementCases };

/** A case with the primitive that it is of. */
export interface NamedCase {
  readonly op: PrimitiveName;
  readonly test: PrimitiveCase;
}

/** All cases behind their titles, in the order of the table of primitives. */
export const allCases: readonly (readonly [title: string, named: NamedCase])[] = primitiveNames.flatMap((op) =>
  primitiveCases[op].map((test) => [`${op}: ${test.label}`, { op, test }] as const),
);
