/** Types of an energy's parameters and of what makes their initial values. */

import type { Rank, Tensor } from '@tensorflow/tfjs-core';

/** Parameters of an energy: tensors in records and arrays, nested as you like. */
export type ParameterTree = Tensor | readonly ParameterTree[] | { readonly [name: string]: ParameterTree };

interface RankNames {
  0: Rank.R0;
  1: Rank.R1;
  2: Rank.R2;
  3: Rank.R3;
  4: Rank.R4;
}

/** A tensor of the rank that a shape has. */
export type TensorOfShape<S extends readonly number[]> = S['length'] extends keyof RankNames ? Tensor<RankNames[S['length']]> : Tensor;

/**
 * Makes initial values of parameters. All draws come from the seed of the run, so that a run can be repeated.
 *
 * @example
 * params: (init) => ({ w: init.glorot([2, 64]), b: init.zeros([64]) })
 */
export interface Init {
  /** Normal with variance 2 / (rows + columns): for tanh, sigmoid and swish-like layers (Glorot and Bengio 2010). */
  glorot<const S extends readonly number[]>(shape: S): TensorOfShape<S>;
  /** Normal with variance 2 / rows: for relu-like layers (He et al. 2015). */
  he<const S extends readonly number[]>(shape: S): TensorOfShape<S>;
  /** Normal with mean 0 and standard deviation `std`, by default 1. */
  normal<const S extends readonly number[]>(shape: S, std?: number): TensorOfShape<S>;
  /** Uniform from `low` to `high`, by default from -1 to 1. */
  uniform<const S extends readonly number[]>(shape: S, low?: number, high?: number): TensorOfShape<S>;
  zeros<const S extends readonly number[]>(shape: S): TensorOfShape<S>;
  ones<const S extends readonly number[]>(shape: S): TensorOfShape<S>;
  /** Every element is `value`; or the values given, row by row. */
  constant<const S extends readonly number[]>(shape: S, value: number | readonly number[]): TensorOfShape<S>;
}
