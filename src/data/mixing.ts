import { DataError } from './dataError';
import { diagonalGaussian } from './builtin/diagonalGaussian';
import { gaussianMixture } from './builtin/gaussianMixture';
import { uniformBox } from './builtin/uniformBox';
import { ParameterChecks } from './parameters';
import type { Distribution } from './distribution';
import type { BuiltinMixingSpec } from './spec';

/** Per coordinate, what a mixing density is fitted to: mean, standard deviation and range of the data, each [dim]. */
export interface FittedMoments {
  readonly mean: Float64Array;
  readonly std: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A mixing density with nothing left open, as plain data that survives JSON. */
export type ResolvedMixing =
  | { readonly kind: 'gaussian'; readonly mean: readonly number[]; readonly std: readonly number[] }
  | { readonly kind: 'uniformBox'; readonly low: readonly number[]; readonly high: readonly number[] }
  | {
      readonly kind: 'mixture';
      readonly means: readonly (readonly number[])[];
      readonly std: readonly number[];
      readonly weights: readonly number[];
    };

/** A mixing density m: normalised and exactly known, with one line that says what it is. */
export type MixingDensity = Distribution & { readonly description: string };

/** By what share of the range the fitted box grows on each side; own choice. */
const boxWidening = 0.2;

/** One value per coordinate from what the user gave, or the fitted values. @throws DataError ('mixing-dimension') for another length */
function spread(name: string, given: number | readonly number[] | undefined, fitted: Float64Array): number[] {
  if (given === undefined) return [...fitted];
  if (typeof given === 'number') return new Array<number>(fitted.length).fill(given);
  checkDimension(name, given.length, fitted.length);
  return [...given];
}

function checkDimension(name: string, actual: number, dim: number): void {
  if (actual === dim) return;
  const message = `The mixing density's ${name} has ${String(actual)} coordinates, but the energy has ${String(dim)}; give ${String(dim)}.`;
  throw new DataError('mixing-dimension', message);
}

/**
 * Fills in from the data what a specification leaves open. A coordinate that does not vary, such as the corner of an image, gets the
 * width one: it is shifted but not scaled by the fit.
 * @throws DataError with reason 'mixing-dimension' where the specification is of another dimension than the data
 */
export function resolveMixing(spec: BuiltinMixingSpec, fitted: FittedMoments): ResolvedMixing {
  switch (spec.kind) {
    case 'gaussian':
      return {
        kind: 'gaussian',
        mean: spread('mean', spec.mean, fitted.mean),
        std: spread(
          'std',
          spec.std,
          fitted.std.map((std) => std || 1),
        ),
      };
    case 'uniformBox': {
      const margin = fitted.high.map((high, i) => boxWidening * (high - (fitted.low[i] ?? 0)) || 0.5);
      return {
        kind: 'uniformBox',
        low: spread(
          'low',
          spec.low,
          fitted.low.map((low, i) => low - (margin[i] ?? 0)),
        ),
        high: spread(
          'high',
          spec.high,
          fitted.high.map((high, i) => high + (margin[i] ?? 0)),
        ),
      };
    }
    case 'mixture':
      for (const mean of spec.means) checkDimension('mean', mean.length, fitted.mean.length);
      return { kind: 'mixture', means: spec.means.map((mean) => [...mean]), std: [...spec.std], weights: [...spec.weights] };
  }
}

/** The same with all widths multiplied: standard deviations, or the sides of a box, whose centre stays. */
export function widenedMixing(mixing: ResolvedMixing, factor: number): ResolvedMixing {
  if (mixing.kind !== 'uniformBox') return { ...mixing, std: mixing.std.map((s) => factor * s) };
  const centre = mixing.low.map((low, j) => (low + (mixing.high[j] ?? low)) / 2);
  const scaled = (edges: readonly number[]): number[] => edges.map((edge, j) => (centre[j] ?? 0) + factor * (edge - (centre[j] ?? 0)));
  return { kind: 'uniformBox', low: scaled(mixing.low), high: scaled(mixing.high) };
}

/**
 * The mixing density of a resolved specification, in float64.
 * @throws DataError with reason 'mixing-parameters' for numbers that are no density
 */
export function mixingOf(resolved: ResolvedMixing): MixingDensity {
  switch (resolved.kind) {
    case 'gaussian':
      return {
        ...diagonalGaussian(resolved.mean, resolved.std, new ParameterChecks('mixing.gaussian', 'mixing-parameters')),
        description: `N(${list(resolved.mean)}, diag ${list(resolved.std)}^2)`,
      };
    case 'uniformBox':
      return {
        ...uniformBox(resolved.low, resolved.high, new ParameterChecks('mixing.uniformBox', 'mixing-parameters')),
        description: `uniform on the box from ${list(resolved.low)} to ${list(resolved.high)}`,
      };
    case 'mixture': {
      const checks = new ParameterChecks('mixing.mixture', 'mixing-parameters');
      const mixture = gaussianMixture(resolved, checks);
      return { ...mixture, description: `mixture of ${String(resolved.means.length)} Gaussians` };
    }
  }
}

/** (1, 2.5) for a message: at most four numbers. */
function list(values: readonly number[]): string {
  const shown = values.slice(0, 4).map((value) => String(Number(value.toPrecision(4))));
  return `(${shown.join(', ')}${values.length > shown.length ? ', ...' : ''})`;
}
