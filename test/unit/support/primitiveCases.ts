import type { PrimitiveName } from '../../../src/graph/graph';
import { primitiveNames } from '../../../src/graph/table';
import { elementwiseCases } from './elementwiseCases';
import { movementCases } from './movementCases';
import type { PrimitiveCase, PrimitiveCases } from './primitiveCase';
import { reductionCases } from './reductionCases';

/** Cases of every primitive. `input` and `constant` are given, not computed, and have none. */
export const primitiveCases: PrimitiveCases = { input: [], constant: [], ...elementwiseCases, ...reductionCases, ...movementCases };

/** All cases with the primitive that each is of, in the order of the table of primitives. */
export const allCases: readonly { readonly op: PrimitiveName; readonly title: string; readonly test: PrimitiveCase }[] = primitiveNames.flatMap(
  (op) => primitiveCases[op].map((test) => ({ op, title: `${op}: ${test.label}`, test })),
);
