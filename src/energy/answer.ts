/** The form in which the sandbox answers: JSON, with arrays of numbers as base64. */

import type { EnergyFileReason } from './errors';
import { toBase64 } from './base64';
import type { Fix } from '../shared/fix';

/** Numbers in an answer: little-endian float32 or float64 as base64. */
export interface PackedNumbers {
  readonly bits: 32 | 64;
  readonly base64: string;
}

/** A mistake, with its place in the bundle. */
export interface FailedAnswer {
  readonly kind: 'failed';
  readonly reason: EnergyFileReason;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly fix?: Fix;
  readonly log: readonly string[];
}

/** Energies as in TracedEnergy, arrays packed and positions in the bundle. */
export interface TracedAnswer {
  readonly kind: 'traced';
  readonly energies: readonly unknown[];
  readonly warnings: readonly string[];
  /** What the file printed. */
  readonly log: readonly string[];
}

export type Answer = FailedAnswer | TracedAnswer;

/** Numbers for an answer; as float32 where that loses nothing. */
export function packNumbers(values: Float64Array | Float32Array): PackedNumbers {
  const short = values instanceof Float32Array ? values : Float32Array.from(values);
  const exact = values instanceof Float32Array || values.every((v, i) => Object.is(v, short[i]!));
  const array = exact ? short : values;
  return { bits: exact ? 32 : 64, base64: toBase64(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) };
}

/** What JSON cannot say of a number. */
const special: readonly number[] = [Infinity, -Infinity];

/** JSON of an answer. */
export function encodeAnswer(answer: Answer): string {
  return JSON.stringify(answer, (_key, value: unknown) => {
    if (value instanceof Float64Array || value instanceof Float32Array) return packNumbers(value);
    if (typeof value === 'number' && special.includes(value)) return { special: String(value) };
    return value;
  });
}
