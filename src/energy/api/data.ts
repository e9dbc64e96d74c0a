/** What an energy is fitted to: built-in distributions with known densities, samplers, files. */

import type { AffineDataSpec, BuiltinDataSpec, FileDataSpec } from '../../data/spec';
import * as check from './check';
import { builtinSpec, fileSpec } from './dataSpecs';
import type { Rng, Rows } from './rows';

/** Data from a function of your own. */
export interface Sampler {
  readonly kind: 'sampler';
  /** Draws n rows. Runs once, when the file is loaded. */
  readonly sample: (rng: Rng, n: number) => Rows;
}

/** What `data` of an energy may be: a result of one of the functions of `data`. */
export type Data = BuiltinDataSpec | AffineDataSpec | FileDataSpec | Sampler;

/** Options of every built-in distribution: the points are multiplied by `scale`, then `shift` is added. */
export interface AffineOptions {
  readonly scale?: number;
  /** One number for all coordinates or one for each. */
  readonly shift?: number | readonly number[];
}

/** Columns of a table to use, by name or by number from 0; all where absent. */
export interface ColumnOptions {
  readonly columns?: readonly (string | number)[];
}

/** The functions of `data`. */
export interface DataFunctions {
  /**
   * Isotropic Gaussians. By default four modes at (+-1, +-1) with std 0.2 and weights 0.1, 0.2, 0.3, 0.4.
   * Weights are scaled to sum to one; with `means` of your own they are equal by default.
   */
  gaussianMixture(
    options?: AffineOptions & {
      readonly means?: readonly (readonly number[])[];
      /** One for all or one for each. */
      readonly std?: number | readonly number[];
      readonly weights?: readonly number[];
    },
  ): Data;
  /** Rings around the origin with Gaussian noise of `std` in the radius; by default radii 0.65 and 1.3, std 0.065. */
  rings(
    options?: AffineOptions & { readonly radii?: readonly number[]; readonly std?: number; readonly weights?: readonly number[] },
  ): Data;
  /** Two interleaved half circles with Gaussian noise. */
  moons(options?: AffineOptions & { readonly std?: number }): Data;
  /** Bent arms around the origin. */
  pinwheel(
    options?: AffineOptions & {
      readonly arms?: number;
      readonly radialStd?: number;
      readonly tangentialStd?: number;
      readonly rate?: number;
    },
  ): Data;
  /** Uniform on every second cell of a board of `cells` by `cells` and side `width`. */
  checkerboard(options?: AffineOptions & { readonly cells?: number; readonly width?: number }): Data;
  /** Spiral arms with Gaussian noise. */
  spirals(options?: AffineOptions & { readonly arms?: number; readonly turns?: number; readonly std?: number }): Data;
  /** A Gaussian bent along a parabola. */
  banana(options?: AffineOptions & { readonly curvature?: number; readonly std?: readonly [number, number] }): Data;
  /** Twenty-five equal modes on a grid. */
  grid25(options?: AffineOptions & { readonly spacing?: number; readonly std?: number }): Data;
  /**
   * Data from a function of your own; it runs once, when the file is loaded. Its density is unknown, so there is no KL.
   *
   * @example
   * data: data.sampler((rng, n) => Array.from({ length: n }, () => [rng.normal(), rng.uniform()]))
   */
  sampler(sample: (rng: Rng, n: number) => Rows): Data;
  /** A table of comma- or tab-separated values. Paths are relative to the energy file. */
  csv(path: string, options?: ColumnOptions): Data;
  /** A NumPy array [rows, columns], or of images [rows, height, width] or [rows, height, width, channels], which are flattened. */
  npy(path: string): Data;
  /** One array of a NumPy archive: `key`, or the only one. */
  npz(path: string, options?: { readonly key?: string }): Data;
  /**
   * An IDX file, the format of MNIST, plain or gzipped: rows along its first dimension, the others flattened. Bytes stay 0 to 255: a fit
   * standardises the data, and reports and draws samples in the file's units.
   *
   * @example
   * data: data.idx('train-images-idx3-ubyte.gz')
   */
  idx(path: string): Data;
  /** A Parquet table. */
  parquet(path: string, options?: ColumnOptions): Data;
  /** An array of rows, or of records, in JSON. */
  json(path: string, options?: ColumnOptions): Data;
}

/**
 * Data for `defineEnergy`.
 *
 * @example
 * data: data.gaussianMixture({ means: [[-5], [5]], std: 1, weights: [0.2, 0.8] })
 * @example
 * data: data.csv('measurements.csv', { columns: ['width', 'height'] })
 */
export const data: DataFunctions = {
  gaussianMixture: (options) => builtinSpec('gaussianMixture', options),
  rings: (options) => builtinSpec('rings', options),
  moons: (options) => builtinSpec('moons', options),
  pinwheel: (options) => builtinSpec('pinwheel', options),
  checkerboard: (options) => builtinSpec('checkerboard', options),
  spirals: (options) => builtinSpec('spirals', options),
  banana: (options) => builtinSpec('banana', options),
  grid25: (options) => builtinSpec('grid25', options),
  sampler(sample) {
    check.require(typeof sample === 'function', `data.sampler takes a function (rng, n) => rows, not ${check.show(sample)}.`);
    return { kind: 'sampler', sample };
  },
  csv: (path, options) => fileSpec('csv', path, options, ['columns']),
  npy: (path) => fileSpec('npy', path, undefined, []),
  npz: (path, options) => fileSpec('npz', path, options, ['key']),
  idx: (path) => fileSpec('idx', path, undefined, []),
  parquet: (path, options) => fileSpec('parquet', path, options, ['columns']),
  json: (path, options) => fileSpec('json', path, options, ['columns']),
};
