/** What the sandbox answers about an energy: plain data, from which the engine builds its graphs. */

import type { BuiltinMixingSpec, DataSpec } from '../data/spec';
import type { DType, PrimitiveName, SourcePosition } from '../graph/graph';
import type { ImageShape } from '../shared/image';
import type { FitSettings } from '../shared/settings';

/** A size as a function of the number of rows: a number, or n * rows + plus. */
export type SymbolicSize = number | { readonly n: number; readonly plus: number };

/** One application of a primitive. */
export interface TracedNode {
  readonly op: PrimitiveName;
  /** Indices of earlier nodes. */
  readonly inputs: readonly number[];
  /** As in PrimitiveAttrs, but sizes may be symbolic. */
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly shape: readonly SymbolicSize[];
  readonly dtype: DType;
  readonly source?: SourcePosition;
}

/** A function of tensors for any number of rows. Nodes stand in topological order. */
export interface TracedProgram {
  readonly nodes: readonly TracedNode[];
  /** Named inputs, each an index into nodes. */
  readonly inputs: readonly { readonly name: string; readonly node: number }[];
  readonly outputs: readonly number[];
}

/** A trainable parameter with its initial value, row-major. */
export interface TracedParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Float32Array;
}

/** A mixing density that the user wrote. */
export interface CustomMixingSpec {
  readonly kind: 'custom';
  /** Row-major [rows, dim]. */
  readonly samples: Float64Array;
  /** Input 'x' [n, dim]; one output [n]. */
  readonly logDensity: TracedProgram;
}

/** Noise levels of a score network, from the largest to the smallest, in the user's units; null is chosen from the data. */
export interface NoiseSpec {
  readonly largest: number | null;
  readonly smallest: number | null;
  readonly levels: number | null;
}

/** One energy of a file, or one score network. */
export interface TracedEnergy {
  /** What the program computes: the energy E of a row, or the score s(x, sigma) of the data with noise sigma. */
  readonly network: 'energy' | 'score';
  /** Name of the export. */
  readonly name: string;
  /** Position of the call to defineEnergy. */
  readonly source: SourcePosition;
  readonly dim: number;
  readonly params: readonly TracedParameter[];
  /**
   * Inputs of an energy: 'x' [n, dim], then the parameters in order; one output [n]. Of a score network: 'x' [n, dim + 1]
   * with sigma in the last column, then the parameters; one output [n, dim].
   */
  readonly energy: TracedProgram;
  readonly data: DataSpec | null;
  readonly mixing: BuiltinMixingSpec | CustomMixingSpec | null;
  readonly fit: Partial<FitSettings>;
  /** Noise levels of a score network; null for an energy. */
  readonly noise: NoiseSpec | null;
  /** Where rows are images. */
  readonly image: ImageShape | null;
  /** Names of the tfjs kernels that the energy uses, sorted. */
  readonly kernels: readonly string[];
}
