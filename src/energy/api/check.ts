/** Checks of arguments that come from untyped energy files; each throws an ApiError of one sentence. */

import type { Fix } from '../../shared/fix';
import { ApiError } from './apiError';
import { renaming, suggestion } from './suggest';

/** How a wrong value reads in a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}...` : value}"`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'function' ? 'a function' : 'an object';
}

/** @throws ApiError unless `holds` */
export function require(holds: boolean, message: string, fix?: Fix): asserts holds {
  if (!holds) throw new ApiError('argument', message, fix);
}

/** Options of a function: an object (or nothing) with known keys only. */
export function options(where: string, value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  require(typeof value === 'object' && value !== null && !Array.isArray(value), `${where} takes an object of options, not ${show(value)}.`);
  for (const key of Object.keys(value))
    require(known.includes(key), `${where} has no option "${key}"${suggestion(key, known)}`, renaming(key, known));
  return value as Readonly<Record<string, unknown>>;
}

/** A finite number. */
export function finite(what: string, value: unknown): number {
  require(typeof value === 'number' && Number.isFinite(value), `${what} must be a finite number, not ${show(value)}.`);
  return value;
}

/** A finite number above zero. */
export function positive(what: string, value: unknown): number {
  require(typeof value === 'number' && Number.isFinite(value) && value > 0, `${what} must be a positive number, not ${show(value)}.`);
  return value;
}

/** A whole number from `least` to `most`. */
export function count(what: string, value: unknown, least: number, most: number): number {
  const holds = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  require(holds, `${what} must be a whole number from ${least} to ${most}, not ${show(value)}.`);
  return value;
}

/** An array of finite numbers, at least one. */
export function numbers(what: string, value: unknown): number[] {
  require(Array.isArray(value) && value.length > 0, `${what} must be an array of numbers, not ${show(value)}.`);
  return value.map((v, i) => finite(`${what}[${i}]`, v));
}

/** One number, or one for each coordinate. */
export function numberOrNumbers(what: string, value: unknown): number | number[] {
  return Array.isArray(value) ? numbers(what, value) : finite(what, value);
}

/** One positive number, or one positive number for each coordinate. */
export function positiveOrPositives(what: string, value: unknown): number | number[] {
  if (!Array.isArray(value)) return positive(what, value);
  return numbers(what, value).map((v, i) => positive(`${what}[${i}]`, v));
}

/** Points of one dimension, at least one. */
export function points(what: string, value: unknown): number[][] {
  require(Array.isArray(value) && value.length > 0, `${what} must be an array of points, such as [[0, 0], [1, 1]], not ${show(value)}.`);
  const list = value.map((point, i) => numbers(`${what}[${i}]`, point));
  for (const point of list) {
    require(point.length === list[0]!.length, `${what} must all have ${list[0]!.length} coordinates, but one has ${point.length}.`);
  }
  return list;
}

/** Standard deviations of `parts` parts: one number for all or one for each. */
export function perPart(what: string, value: unknown, parts: number): number[] {
  const list = Array.isArray(value) ? numbers(what, value) : [positive(what, value)];
  require(list.length === 1 || list.length === parts, `${what} must be one number or ${parts} of them, not ${list.length}.`);
  return list.map((v) => positive(what, v));
}

/** Non-negative weights, one for each of `parts` parts; scaled so that they sum to one. Equal weights where absent. */
export function weights(what: string, value: unknown, parts: number): number[] {
  if (value === undefined) return Array<number>(parts).fill(1 / parts);
  const list = numbers(what, value);
  require(list.length === parts, `${what} must be ${parts} numbers, one for each part, not ${list.length}.`);
  for (const weight of list) require(weight >= 0, `${what} must not be negative, but one is ${weight}.`);
  const sum = list.reduce((total, weight) => total + weight, 0);
  require(sum > 0, `${what} must not all be zero.`);
  return Math.abs(sum - 1) < 1e-12 ? list : list.map((weight) => weight / sum);
}
