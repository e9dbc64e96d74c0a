/** Small damages to valid inputs: they reach further into a reader than bytes that mean nothing. */

import fc from 'fast-check';

/** Claims of sizes that no small file can keep, and values at the edges of what counts hold. */
const hostileNumbers = [0, -1, 1, 127, 128, 255, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 40, 2 ** 53, -(2 ** 31), 0.5];
const hostileTexts = ['', '__proto__', 'constructor', '../../../x', '\u0000', '\u001b[2J', '\n', 'x'.repeat(5000), '<script>', '\ud800'];

type Damage = (bytes: Uint8Array) => Uint8Array;

function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice();
  change(copy);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** A place, as a share of the length: half of them near the ends, where formats keep what describes the rest. */
const place = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 120 }).map((n) => -n - 1),
  fc.integer({ min: 0, max: 120 }).map((n) => n + 2),
);

/** The index that a place means: a share, an offset from the start (from 2 on), or one from the end. */
function indexOf(at: number, length: number): number {
  const index = at < 0 ? length + at : at <= 1 ? Math.floor(at * length) : at - 2;
  return Math.min(Math.max(index, 0), Math.max(length - 1, 0));
}

function put(bytes: Uint8Array, at: number, value: number, width: 1 | 2 | 4 | 8): Uint8Array {
  return changed(bytes, (copy) => {
    const index = indexOf(at, copy.length - width + 1);
    if (index + width > copy.length) return;
    new DataView(copy.buffer).setUint8(index, value & 255);
    if (width === 8) new DataView(copy.buffer).setBigInt64(index, BigInt(Math.trunc(value)), true);
    else if (width === 4) new DataView(copy.buffer).setInt32(index, value, true);
    else if (width === 2) new DataView(copy.buffer).setInt16(index, value, true);
  });
}

/** Puts a huge figure, or none, where a figure is written in digits. */
function putDigits(bytes: Uint8Array, which: number, digits: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const figures = [...text.matchAll(/\d+/g)];
  const figure = figures[which % Math.max(figures.length, 1)];
  if (!figure) return bytes;
  return new Uint8Array(Buffer.from(text.slice(0, figure.index) + digits + text.slice(figure.index + figure[0].length), 'latin1'));
}

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 7 })).map(
    ([at, bit]): Damage =>
      (bytes) =>
        changed(bytes, (copy) => {
          const index = indexOf(at, copy.length);
          copy[index] = (copy[index] ?? 0) ^ (1 << bit);
        }),
  ),
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([at, value]): Damage =>
      (bytes) =>
        put(bytes, at, value, 1),
  ),
  fc.tuple(place, fc.constantFrom(...hostileNumbers), fc.constantFrom<2 | 4 | 8>(2, 4, 8)).map(
    ([at, value, width]): Damage =>
      (bytes) =>
        put(bytes, at, value, width),
  ),
  place.map(
    (at): Damage =>
      (bytes) =>
        bytes.slice(0, indexOf(at, bytes.length)),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Damage =>
      (bytes) =>
        joined(bytes.slice(0, indexOf(from, bytes.length)), bytes.slice(indexOf(to, bytes.length))),
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 12 })).map(
    ([at, more]): Damage =>
      (bytes) =>
        joined(bytes.slice(0, indexOf(at, bytes.length)), more, bytes.slice(indexOf(at, bytes.length))),
  ),
  fc.tuple(fc.nat(500), fc.constantFrom('4294967296', '99999999999999999999', '-1', '0', '1e999', '', '2147483647', '1.5')).map(
    ([which, digits]): Damage =>
      (bytes) =>
        putDigits(bytes, which, digits),
  ),
);

/** One of the seeds with up to four damages, mostly with one: the more there are, the sooner the reader gives up. */
export function damaged(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.oneof(fc.array(damage, { maxLength: 1 }), fc.array(damage, { minLength: 1, maxLength: 4 })))
    .map(([seed, damages]) => damages.reduce((bytes, one) => one(bytes), seed));
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, [], {}, ...hostileNumbers, ...hostileTexts),
  fc.constantFrom<Json>({ special: 'Infinity' }, { n: 1, plus: 2 ** 31 }, { bits: 32, base64: '' }, { bits: 64, base64: 'AAAA' }),
  fc.constant(null).map((): Json => JSON.parse('{"__proto__": {"polluted": 1}}') as Json),
  fc.integer({ min: 1, max: 400 }).map((depth): Json => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json),
  fc.integer({ min: 100, max: 3000 }).map((length): Json => new Array<Json>(length).fill(7)),
);

function ways(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || path.length > 12) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => ways(child, [...path, key]))];
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json | undefined): Json | undefined {
  if (key === undefined) return by;
  const entries = Object.entries(value as object).flatMap(([name, child]: [string, Json]) => {
    const now = name === key ? replaced(child, rest, by) : child;
    return now === undefined ? [] : [[name, now] as const];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

/** A JSON document with up to three of its values replaced by others or taken away. */
export function damagedJson(seeds: readonly Json[]): fc.Arbitrary<Json> {
  const change = fc.tuple(fc.nat(1_000_000), fc.option(hostileValue, { nil: undefined, freq: 6 }));
  return fc
    .tuple(fc.constantFrom(...seeds), fc.oneof(fc.array(change, { maxLength: 1 }), fc.array(change, { minLength: 1, maxLength: 3 })))
    .map(([seed, changes]) =>
      changes.reduce<Json>((value, [which, by]) => {
        const all = ways(value);
        return replaced(value, all[which % all.length] ?? [], by) ?? null;
      }, seed),
    );
}

export type { Json };
