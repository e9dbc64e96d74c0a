/** The table of all primitives, and the graph that is built on it. Adding a primitive is one record and one line here. */

import { Graph, type GraphRules, type PrimitiveName, sizeOf } from './graph';
import type { PrimitiveRecord } from './primitive';
import { activationPrimitive, castPrimitive, constant, input, selectPrimitive } from './primitives/basic';
import { binaryPrimitives } from './primitives/binary';
import { gatherPrimitive, scatterAddPrimitive } from './primitives/indexing';
import { matMulPrimitive } from './primitives/matMul';
import { argMaxPrimitive, cumsumPrimitive, reduceMaxPrimitive, reduceMinPrimitive, sumPrimitive } from './primitives/reductions';
import {
  broadcastToPrimitive,
  concatPrimitive,
  padPrimitive,
  reshapePrimitive,
  slicePrimitive,
  transposePrimitive,
} from './primitives/shapes';
import { unaryPrimitives } from './primitives/unary';
import { simplify } from './simplify';

const table: { readonly [P in PrimitiveName]: PrimitiveRecord<P> } = {
  ...unaryPrimitives,
  ...binaryPrimitives,
  input,
  constant,
  activation: activationPrimitive,
  select: selectPrimitive,
  cast: castPrimitive,
  matMul: matMulPrimitive,
  sum: sumPrimitive,
  reduceMax: reduceMaxPrimitive,
  reduceMin: reduceMinPrimitive,
  argMax: argMaxPrimitive,
  reshape: reshapePrimitive,
  transpose: transposePrimitive,
  broadcastTo: broadcastToPrimitive,
  slice: slicePrimitive,
  pad: padPrimitive,
  concat: concatPrimitive,
  gather: gatherPrimitive,
  scatterAdd: scatterAddPrimitive,
  cumsum: cumsumPrimitive,
};

export const primitiveNames = Object.keys(table) as PrimitiveName[];

/** The record of a primitive, for callers that hold any of them. */
export function primitive(name: PrimitiveName): PrimitiveRecord {
  return table[name];
}

/** Constants larger than this are not multiplied out: a folded broadcast would cost more memory than it saves time. */
const largestFold = 1 << 16;

const rules: GraphRules = {
  infer: (op, inputs, attrs) => primitive(op).infer(inputs, attrs),
  simplify,
  fold(op, inputs, attrs, shape, dtype) {
    const size = sizeOf(shape);
    if (op === 'activation' || op === 'broadcastTo' || size > largestFold) return undefined;
    const values = inputs.map((x) => ({ data: (x.attrs as { data: Float64Array }).data, shape: x.shape }));
    return primitive(op).reference(values, attrs, shape, dtype);
  },
};

export function createGraph(): Graph {
  return new Graph(rules);
}
