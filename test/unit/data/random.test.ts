import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/shared/random';

const n = 200_000;

function mean(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    sum += value;
    count++;
  }
  return sum / count;
}

function correlation(a: Float64Array, b: Float64Array): number {
  return mean(a.map((value, i) => value * (b[i] ?? 0)));
}

describe('Random', () => {
  it('is xoshiro128** 1.1: known answers of the reference implementation from state 1 2 3 4', () => {
    const random = Random.fromState([1, 2, 3, 4, 0, 0]);
    const words = Array.from({ length: 10 }, () => random.integer(2 ** 32));
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]);
    expect(Random.fromState([1, 2, 3, 4, 0, 0]).uniform()).toBe((11520 >>> 5) / 2 ** 27);
  });

  it('seeds by SplitMix32: known first words, and every bit of a large or negative seed counts', () => {
    expect(new Random(42).state().slice(0, 4)).toEqual([551831576, 144025891, 322543647, 3034809370]);
    const seeds = [0, 1, 42, 42 + 2 ** 32, 42 + 2 ** 52, -42, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => new Random(seed).state().join())).size).toBe(seeds.length);
    for (const seed of [0.5, NaN, Infinity, 2 ** 53]) expect(() => new Random(seed)).toThrow(RangeError);
  });

  it('draws uniforms with the right moments, and in every sixteenth of [0, 1)', () => {
    const out = new Float64Array(n);
    new Random(1).fillUniform(out);
    expect(Math.abs(mean(out) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(mean(out.map((u) => u * u)) - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / n));
    const counts = new Array<number>(16).fill(0);
    for (const u of out) counts[Math.floor(u * 16)] = (counts[Math.floor(u * 16)] ?? NaN) + 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 16) ** 2 / (n / 16), 0);
    expect(chiSquare).toBeLessThan(15 + 4 * Math.sqrt(30));
  });

  it('never rounds a float32 uniform up to 1', () => {
    // A state whose first output is 2^32 - 1: the largest 32-bit fraction, which float32 would round to 1.
    const random = Random.fromState([0, largestOutputWord(), 0, 0, 0, 0]);
    const out = new Float32Array(1);
    random.fillUniform(out);
    expect(out[0]).toBe(1 - 2 ** -24);
  });

  it('draws normals with the right moments and tail', () => {
    const out = new Float64Array(n);
    new Random(2).fillNormal(out);
    const moment = (power: number) => mean(out.map((z) => z ** power));
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    const tail = mean(out.map((z) => (Math.abs(z) > 3 ? 1 : 0)));
    expect(Math.abs(tail - 0.0026998)).toBeLessThan(4 * Math.sqrt(0.0027 / n));
    expect(Math.abs(correlation(out.subarray(0, n - 1), out.subarray(1)))).toBeLessThan(4 * Math.sqrt(1 / n));
  });

  it('fills with what single calls return', () => {
    const filled = new Float64Array(7);
    new Random(3).fillNormal(filled);
    const one = new Random(3);
    expect([...filled]).toEqual(Array.from({ length: 7 }, () => one.normal()));
  });

  it('draws integers without bias and refuses impossible ranges', () => {
    const random = new Random(4);
    const counts = [0, 0, 0];
    // Two thirds of 2^32: taking a remainder would make the lower half twice as likely as the upper.
    const range = 2 ** 32 * 0.75;
    for (let i = 0; i < 30_000; i++) {
      const third = Math.floor((3 * random.integer(range)) / range);
      counts[third] = (counts[third] ?? NaN) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(30_000 * (2 / 9)));
    for (const bad of [0, -1, 1.5, 2 ** 33, NaN]) expect(() => random.integer(bad)).toThrow(RangeError);
  });

  it('draws fair signs', () => {
    const out = new Float32Array(n);
    new Random(5).fillSigns(out);
    expect(out.every((sign) => sign === 1 || sign === -1)).toBe(true);
    expect(Math.abs(mean(out))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(mean(out.subarray(1).map((sign, i) => sign * (out[i] ?? 0))))).toBeLessThan(4 / Math.sqrt(n));
  });

  it('resumes bit for bit from a stored state, also between the two normals of a pair', () => {
    const random = new Random(6);
    random.normal();
    const stored = JSON.parse(JSON.stringify(random.state())) as number[];
    expect(stored[4]).toBe(1);
    const draw = (stream: Random) => [stream.normal(), stream.normal(), stream.uniform(), stream.integer(10), stream.normal()];
    expect(draw(Random.fromState(stored))).toEqual(draw(random));
  });

  it('refuses what is no state', () => {
    const bad = [
      [],
      [0, 0, 0, 0, 0, 0],
      [1, 2, 3, 4, 2, 0],
      [1, 2, 3, 4, 1, NaN],
      [1, 2, 3, -4, 0, 0],
      [1, 2, 3, 4.5, 0, 0],
      [1, 2, 3, 4, 0],
    ];
    for (const state of bad) expect(() => Random.fromState(state)).toThrow(RangeError);
  });

  it('splits by label into reproducible, independent streams and does not move itself', () => {
    const random = new Random(7);
    const before = random.state();
    const streams = ['data', 'noise', 'noisf', ''].map((label) => random.split(label));
    expect(random.state()).toEqual(before);
    expect(random.split('data').state()).toEqual(random.split('data').state());
    expect(new Random(8).split('data').state()).not.toEqual(random.split('data').state());
    const draws = [random, ...streams].map((stream) => {
      const out = new Float64Array(50_000);
      stream.fillNormal(out);
      return out;
    });
    for (const [i, a] of draws.entries()) {
      for (const b of draws.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(50_000));
    }
  });
});

/** The state word s1 whose output rotl(5 s1, 7) * 9 is 2^32 - 1, by the inverses of 9 and 5 modulo 2^32. */
function largestOutputWord(): number {
  const rotated = Math.imul(0xffffffff, 0x38e38e39);
  return Math.imul((rotated >>> 7) | (rotated << 25), 0xcccccccd) >>> 0;
}
