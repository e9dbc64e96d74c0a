/** Turns the arguments of `data.*` into specifications, checked. */

import { DataError } from '../../data/dataError';
import { type BuiltinKind, defaultDataSpec, distributionOf } from '../../data/distributions';
import type { AffineDataSpec, BuiltinDataSpec, FileDataSpec, FileFormat } from '../../data/spec';
import { ApiError } from './apiError';
import * as check from './check';

type Given = Readonly<Record<string, unknown>>;

/** Reads the one option of a mixture whose length the others follow: weights are equal where only the parts are given. */
function partWeights(where: string, given: Given, own: string, parts: number, fallback: readonly number[]): readonly number[] {
  if (given['weights'] === undefined && given[own] === undefined) return fallback;
  return check.weights(`${where}: weights`, given['weights'], parts);
}

function gaussianMixture(where: string, given: Given): BuiltinDataSpec {
  const base = defaultDataSpec.gaussianMixture;
  const means = given['means'] === undefined ? base.means : check.points(`${where}: means`, given['means']);
  const std = given['std'] === undefined ? base.std : check.perPart(`${where}: std`, given['std'], means.length);
  return { kind: 'gaussianMixture', means, std, weights: partWeights(where, given, 'means', means.length, base.weights) };
}

function rings(where: string, given: Given): BuiltinDataSpec {
  const base = defaultDataSpec.rings;
  const radii = given['radii'] === undefined ? base.radii : check.numbers(`${where}: radii`, given['radii']);
  const std = given['std'] === undefined ? base.std : check.positive(`${where}: std`, given['std']);
  return { kind: 'rings', radii, std, weights: partWeights(where, given, 'radii', radii.length, base.weights) };
}

function banana(where: string, given: Given): BuiltinDataSpec {
  const base = defaultDataSpec.banana;
  const std = check.numbers(`${where}: std`, given['std'] ?? base.std);
  const [first, second, ...more] = std;
  check.require(first !== undefined && second !== undefined && more.length === 0, `${where}: std must be two numbers, not ${std.length}.`);
  const pair: readonly [number, number] = [first, second];
  const curvature = given['curvature'] === undefined ? base.curvature : check.finite(`${where}: curvature`, given['curvature']);
  return { kind: 'banana', curvature, std: pair };
}

/** A distribution whose options are all plain numbers. */
function plain(kind: BuiltinKind): (where: string, given: Given) => BuiltinDataSpec {
  return (where, given) => {
    const out: Record<string, unknown> = { ...defaultDataSpec[kind] };
    for (const [key, value] of Object.entries(given)) {
      if (key in out && value !== undefined) out[key] = check.finite(`${where}: ${key}`, value);
    }
    return out as unknown as BuiltinDataSpec;
  };
}

const readers: { readonly [K in BuiltinKind]: (where: string, given: Given) => BuiltinDataSpec } = {
  gaussianMixture,
  rings,
  banana,
  moons: plain('moons'),
  pinwheel: plain('pinwheel'),
  checkerboard: plain('checkerboard'),
  spirals: plain('spirals'),
  grid25: plain('grid25'),
};

function affine(where: string, base: BuiltinDataSpec, given: Given): BuiltinDataSpec | AffineDataSpec {
  if (given['scale'] === undefined && given['shift'] === undefined) return base;
  const scale = given['scale'] === undefined ? 1 : check.finite(`${where}: scale`, given['scale']);
  const shift = given['shift'] === undefined ? 0 : check.numberOrNumbers(`${where}: shift`, given['shift']);
  return { kind: 'affine', base, scale, shift };
}

/**
 * The specification of a built-in distribution.
 *
 * @throws ApiError for unknown options and impossible values
 */
export function builtinSpec(kind: BuiltinKind, given: unknown): BuiltinDataSpec | AffineDataSpec {
  const where = `data.${kind}`;
  const known = [...Object.keys(defaultDataSpec[kind]).filter((key) => key !== 'kind'), 'scale', 'shift'];
  const chosen = check.options(where, given, known);
  const spec = affine(where, readers[kind](where, chosen), chosen);
  specDim(spec);
  return spec;
}

/**
 * Number of coordinates of a built-in distribution.
 *
 * @throws ApiError where its parameters are impossible
 */
export function specDim(spec: BuiltinDataSpec | AffineDataSpec): number {
  try {
    return distributionOf(spec).dim;
  } catch (error) {
    if (error instanceof DataError) throw new ApiError('argument', error.message);
    throw error;
  }
}

/**
 * The specification of a data file.
 *
 * @throws ApiError for unknown options and wrong types
 */
export function fileSpec(format: FileFormat, path: unknown, given: unknown, known: readonly string[]): FileDataSpec {
  const where = `data.${format}`;
  check.require(typeof path === 'string' && path.length > 0, `${where} takes the path of a file, not ${check.show(path)}.`);
  const { columns, key } = check.options(where, given, known);
  if (columns !== undefined) {
    const isColumn = (c: unknown): boolean =>
      (typeof c === 'string' && c.length > 0) || (typeof c === 'number' && Number.isInteger(c) && c >= 0);
    const holds = Array.isArray(columns) && columns.length > 0 && columns.every(isColumn);
    check.require(holds, `${where}: columns must be names or numbers (from 0) of columns, such as ["x", "y"].`);
  }
  check.require(key === undefined || typeof key === 'string', `${where}: key must be the name of an array, not ${check.show(key)}.`);
  return {
    kind: 'file',
    format,
    path,
    ...(columns !== undefined && { columns: columns as (string | number)[] }),
    ...(key !== undefined && { key }),
  };
}
