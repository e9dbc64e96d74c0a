import { Random } from '../../../src/shared/random';

/** `count` numbers spread over [low, high], a function of the seed. Each is a float32, so that executors see the reference's inputs. */
export function spread(count: number, low: number, high: number, seed: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => Math.fround(low + (high - low) * random.uniform()));
}

/** Like `spread`, of either sign, at least `gap` away from zero. */
export function awayFromZero(count: number, gap: number, high: number, seed: number): number[] {
  return spread(count, gap, high, seed).map((v, i) => ((i + seed) % 2 === 0 ? v : -v));
}

/** Distinct numbers in a scrambled order, `step` apart, centred on zero: no ties and no kinks within half a step. */
export function distinct(count: number, step: number, seed: number): number[] {
  const random = new Random(seed);
  const out = Array.from({ length: count }, (_, i) => Math.fround((i - (count - 1) / 2) * step));
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** The largest magnitude; 0 for none, infinite where anything is not a number. */
export function largest(values: ArrayLike<number>): number {
  let out = 0;
  for (let i = 0; i < values.length; i++) out = Math.max(out, Number.isNaN(values[i]!) ? Infinity : Math.abs(values[i]!));
  return out;
}

/** The largest difference of two arrays; infinite where the lengths differ or anything is not a number. Equal infinities agree. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  return largest(Array.from(expected, (v, i) => (v === actual[i] ? 0 : actual[i]! - v)));
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

/** a + step * b */
export function moved(a: ArrayLike<number>, step: number, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.length }, (_, i) => a[i]! + step * b[i]!);
}
