/** The mixing density m of the Mixture Fisher Divergence. */

import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { BuiltinMixingSpec } from '../../data/spec';
import * as check from './check';
import type { Rng, Rows } from './rows';

/** A mixing density of your own. Both functions must describe the same, normalised density. */
export interface CustomMixing {
  /** Draws n rows. Runs once, when the file is loaded. */
  sample(rng: Rng, n: number): Rows;
  /** [n, dim] -> [n]: the logarithm of the density of each row, in tensor operations. */
  logDensity(x: Tensor2D): Tensor;
}

/** What `mixing` of an energy may be. */
export type Mixing = BuiltinMixingSpec | CustomMixing;

/** Options of `mixing.gaussian`. */
export interface GaussianMixingOptions {
  /** One number for all coordinates or one for each; the mean of the data where absent. */
  readonly mean?: number | readonly number[];
  /** One number for all coordinates or one for each; fitted to the data where absent. */
  readonly std?: number | readonly number[];
}

/** Options of `mixing.uniformBox`. */
export interface UniformBoxOptions {
  /** Lower corner: one number for all coordinates or one for each; a little below the data where absent. */
  readonly low?: number | readonly number[];
  /** Upper corner: one number for all coordinates or one for each; a little above the data where absent. */
  readonly high?: number | readonly number[];
}

/** Options of `mixing.mixture`. */
export interface MixtureMixingOptions {
  /** Centre of each component. */
  readonly means: readonly (readonly number[])[];
  /** One standard deviation for all components or one for each. */
  readonly std: number | readonly number[];
  /** Weight of each component; equal where absent. */
  readonly weights?: readonly number[];
}

/** The built-in mixing densities. */
export interface MixingFunctions {
  /** A Gaussian with independent coordinates; by default fitted to the data. */
  gaussian(options?: GaussianMixingOptions): BuiltinMixingSpec;
  /** Uniform on a box; by default around the data. */
  uniformBox(options?: UniformBoxOptions): BuiltinMixingSpec;
  /** A mixture of isotropic Gaussians. */
  mixture(options: MixtureMixingOptions): BuiltinMixingSpec;
}

/**
 * Mixing densities: broad enough to join the modes of the data.
 *
 * @example
 * mixing: mixing.gaussian({ std: 3 })
 * @example
 * mixing: { sample: (rng, n) => Array.from({ length: n }, () => [rng.normal()]), logDensity: (x) => x.square().mul(-0.5).sub(0.9189385).squeeze([1]) }
 */
export const mixing: MixingFunctions = {
  gaussian(options) {
    const { mean, std } = check.options('mixing.gaussian', options, ['mean', 'std']);
    return {
      kind: 'gaussian',
      ...(mean !== undefined && { mean: check.numberOrNumbers('mixing.gaussian: mean', mean) }),
      ...(std !== undefined && { std: check.positiveOrPositives('mixing.gaussian: std', std) }),
    };
  },
  uniformBox(options) {
    const { low, high } = check.options('mixing.uniformBox', options, ['low', 'high']);
    const from = low === undefined ? undefined : check.numberOrNumbers('mixing.uniformBox: low', low);
    const to = high === undefined ? undefined : check.numberOrNumbers('mixing.uniformBox: high', high);
    if (from !== undefined && to !== undefined) {
      const length = Math.max(Array.isArray(from) ? from.length : 1, Array.isArray(to) ? to.length : 1);
      const at = (v: number | number[], i: number): number => (Array.isArray(v) ? (v[i] ?? NaN) : v);
      const holds = Array.from({ length }, (_, i) => at(from, i) < at(to, i)).every(Boolean);
      check.require(holds, 'mixing.uniformBox: low must be below high in every coordinate.');
    }
    return { kind: 'uniformBox', ...(from !== undefined && { low: from }), ...(to !== undefined && { high: to }) };
  },
  mixture(options) {
    const given = check.options('mixing.mixture', options, ['means', 'std', 'weights']);
    const means = check.points('mixing.mixture: means', given['means']);
    return {
      kind: 'mixture',
      means,
      std: check.perPart('mixing.mixture: std', given['std'], means.length),
      weights: check.weights('mixing.mixture: weights', given['weights'], means.length),
    };
  },
};
