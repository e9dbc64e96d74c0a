/** What one primitive has to say of itself. The table of all records is table.ts. */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { DType, Node, PrimitiveAttrs, PrimitiveName, Shape } from './graph';

/** tfjs as an executor hands it in: forward kernels only, its gradients are never used. */
export type Tfjs = typeof tfjs;
export type Tensor = tfjs.Tensor;

export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/** Where a primitive's ONNX rule puts its nodes. Results are names of ONNX values. */
export interface OnnxEmitter {
  /** Appends a node with one output. Plain numbers become integers, `{ float }` a float attribute. */
  node(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  /** A one-dimensional int64 constant. */
  ints(values: readonly number[]): string;
  /** A scalar constant of the dtype. */
  scalar(value: number, dtype: DType): string;
  /** A float32 constant of ones. */
  ones(shape: Shape): string;
}

/** A value of the float64 reference: every dtype is held as Float64Array, booleans as 0 and 1. */
export interface ReferenceValue {
  readonly data: Float64Array;
  readonly shape: Shape;
}

export interface PrimitiveRecord<P extends PrimitiveName = PrimitiveName> {
  readonly name: P;

  /** Shape and dtype of the result. Throws GraphError where the inputs do not fit. */
  infer(inputs: readonly Node[], attrs: PrimitiveAttrs[P]): { readonly shape: Shape; readonly dtype: DType };

  /** Tangent of the result, given one tangent an input (undefined is zero; at least one is given). Undefined where it is zero. */
  jvp(node: Node<P>, tangents: readonly (Node | undefined)[]): Node | undefined;

  /** Cotangents of the inputs, of their shapes; undefined where zero. */
  vjp(node: Node<P>, cotangent: Node): readonly (Node | undefined)[];

  /**
   * The primitive over a new leading axis of length `size`, which the inputs marked in `mapped` already carry
   * (at least one does). The result carries it.
   */
  batch(node: Node<P>, inputs: readonly Node[], mapped: readonly boolean[], size: number): Node;

  /** Row-major float64 value. */
  reference(inputs: readonly ReferenceValue[], attrs: PrimitiveAttrs[P], shape: Shape, dtype: DType): Float64Array;

  onnx(node: Node<P>, inputs: readonly string[], emitter: OnnxEmitter): string;

  tfjs(tf: Tfjs, node: Node<P>, inputs: readonly Tensor[]): Tensor;
}

/** Gives a mapped input the rank that NumPy's broadcasting against `rank` unmapped axes needs. */
export function alignMapped(input: Node, rank: number, reshapeTo: (x: Node, shape: Shape) => Node): Node {
  const own = input.shape.length - 1;
  if (own >= rank) return input;
  const [size = 1, ...rest] = input.shape;
  return reshapeTo(input, [size, ...Array<number>(rank - own).fill(1), ...rest]);
}
