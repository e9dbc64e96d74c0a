import { type DType, type Graph, type Node, type PrimitiveAttrs, type PrimitiveName, type Shape, sizeOf } from '../../../src/graph/graph';

export interface CaseInput {
  readonly shape: Shape;
  readonly values: readonly number[];
  readonly dtype: DType;
}

/** Reads an input by its index, or by an index of a result that it is broadcast to. */
export interface Reader {
  at(...index: readonly number[]): number;
  under(index: readonly number[]): number;
}

/** One application of a primitive, with its value by an independent formula. */
export interface PrimitiveCase<Attrs = PrimitiveAttrs[PrimitiveName]> {
  readonly label: string;
  readonly inputs: readonly CaseInput[];
  readonly attrs: Attrs;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly value: (index: readonly number[], ...inputs: readonly Reader[]) => number;
  /** Inputs that are differentiated: all of float32 where absent. Empty at kinks and ties, which have tests of their own. */
  readonly active?: readonly number[];
}

/** A case of one primitive, or of several with like attributes. */
export type CaseOf<P extends PrimitiveName> = PrimitiveCase<PrimitiveAttrs[P]>;

export type PrimitiveCases = { readonly [P in PrimitiveName]: readonly CaseOf<P>[] };

export function float(shape: Shape, values: readonly number[]): CaseInput {
  return { shape, values: values.map(Math.fround), dtype: 'float32' };
}

export function int(shape: Shape, values: readonly number[]): CaseInput {
  return { shape, values, dtype: 'int32' };
}

export function bool(shape: Shape, values: readonly number[]): CaseInput {
  return { shape, values, dtype: 'bool' };
}

export function reader({ shape, values }: CaseInput): Reader {
  const at = (...index: readonly number[]): number => {
    let offset = 0;
    shape.forEach((size, axis) => {
      offset = offset * size + index[axis]!;
    });
    return values[offset]!;
  };
  return {
    at,
    under: (index) => at(...shape.map((size, axis) => (size === 1 ? 0 : index[index.length - shape.length + axis]!))),
  };
}

/** The case's value by its formula, row-major. */
export function expectedValue({ inputs, shape, value }: PrimitiveCase): number[] {
  const readers = inputs.map(reader);
  const index = Array<number>(shape.length).fill(0);
  return Array.from({ length: sizeOf(shape) }, () => {
    const out = value(index, ...readers);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
    return out;
  });
}

/** The case's inputs as nodes of a graph. */
export function inputNodes(graph: Graph, { inputs }: PrimitiveCase): Node<'input'>[] {
  return inputs.map(({ shape, dtype }, i) => graph.input(`x${i}`, shape, dtype));
}

/** Positions of the inputs that are differentiated. */
export function activeInputs({ inputs, active, dtype }: PrimitiveCase): readonly number[] {
  const floats = inputs.map((_, i) => i).filter((i) => inputs[i]!.dtype === 'float32');
  return dtype === 'float32' ? (active ?? floats) : [];
}
