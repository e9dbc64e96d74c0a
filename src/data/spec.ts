/** What `data.*` and `mixing.*` of an energy file stand for, as plain data that crosses from the sandbox to the engine. */

export type BuiltinDataSpec =
  /** Isotropic components of one or one-each standard deviation; weights sum to one. */
  | {
      readonly kind: 'gaussianMixture';
      readonly means: readonly (readonly number[])[];
      readonly std: readonly number[];
      readonly weights: readonly number[];
    }
  /** Two-dimensional rings: radius plus Gaussian noise of `std`, uniform angle. */
  | { readonly kind: 'rings'; readonly radii: readonly number[]; readonly std: number; readonly weights: readonly number[] }
  | { readonly kind: 'moons'; readonly std: number }
  | { readonly kind: 'pinwheel'; readonly arms: number; readonly radialStd: number; readonly tangentialStd: number; readonly rate: number }
  | { readonly kind: 'checkerboard'; readonly cells: number; readonly width: number }
  | { readonly kind: 'spirals'; readonly arms: number; readonly turns: number; readonly std: number }
  | { readonly kind: 'banana'; readonly curvature: number; readonly std: readonly [number, number] }
  | { readonly kind: 'grid25'; readonly spacing: number; readonly std: number };

export const fileFormats = ['csv', 'npy', 'npz', 'idx', 'parquet', 'json'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A file; `path` is absolute or relative to the energy file. `columns` are names (or zero-based numbers where a file has no header). */
export interface FileDataSpec {
  readonly kind: 'file';
  readonly format: FileFormat;
  readonly path: string;
  readonly columns?: readonly (string | number)[];
  readonly key?: string;
}

/** Rows drawn in the sandbox from a user's function. */
export interface SamplesDataSpec {
  readonly kind: 'samples';
  readonly dim: number;
  /** Row-major [n, dim]. */
  readonly values: Float64Array;
}

/** A distribution times `scale` plus `shift` (per coordinate, or one number for all). */
export interface AffineDataSpec {
  readonly kind: 'affine';
  readonly base: BuiltinDataSpec;
  readonly scale: number;
  readonly shift: number | readonly number[];
}

export type DataSpec = BuiltinDataSpec | AffineDataSpec | FileDataSpec | SamplesDataSpec;

export type BuiltinMixingSpec =
  /** N(mean, diag std^2); what is absent is fitted to the data: its mean and its standard deviation (own choice). */
  | { readonly kind: 'gaussian'; readonly mean?: number | readonly number[]; readonly std?: number | readonly number[] }
  /** Uniform on the box; by default the data's range widened by a fifth on each side. */
  | { readonly kind: 'uniformBox'; readonly low?: number | readonly number[]; readonly high?: number | readonly number[] }
  /** A mixture of isotropic Gaussians. */
  | {
      readonly kind: 'mixture';
      readonly means: readonly (readonly number[])[];
      readonly std: readonly number[];
      readonly weights: readonly number[];
    };
