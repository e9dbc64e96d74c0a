/**
 * Seeded random numbers: the generator xoshiro128** 1.1 of Blackman and Vigna (prng.di.unimi.it/xoshiro128starstar.c,
 * "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021), period 2^128 - 1, seeded by a 32-bit SplitMix
 * (Steele, Lea and Flood, OOPSLA 2014). The same seed gives the same numbers on every platform. Not for cryptography.
 */

const golden = 0x9e3779b9;

/** A bijection of 32-bit words in which every input bit reaches every output bit (C. Wellons' "prospector" constants). */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}

/** A deterministic stream of random numbers that can be split by label, stored and resumed bit for bit. */
export class Random {
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;
  private hasSpare = false;
  private spare = 0;

  /** @param seed a safe integer. @throws RangeError for anything else */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed must be a whole number between -2^53 and 2^53, not ${String(seed)}.`);
    // A small seed has no high word, and starts the plain SplitMix sequence of its low word.
    const word = (seed | 0) ^ mix(Math.floor(seed / 0x100000000));
    this.setWords(mix(word + golden), mix(word + 2 * golden), mix(word + 3 * golden), mix(word + 4 * golden));
  }

  private setWords(s0: number, s1: number, s2: number, s3: number): void {
    this.s0 = s0 | 0;
    this.s1 = s1 | 0;
    this.s2 = s2 | 0;
    // The all-zero state is the one fixed point of the generator.
    this.s3 = (s0 | s1 | s2 | s3) === 0 ? 1 : s3 | 0;
  }

  /** The next output word, as a signed 32-bit integer. */
  private next(): number {
    const s1 = this.s1;
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const t2 = this.s2 ^ this.s0;
    const t3 = this.s3 ^ s1;
    this.s1 = s1 ^ t2;
    this.s0 ^= t3;
    this.s2 = t2 ^ (s1 << 9);
    this.s3 = (t3 << 11) | (t3 >>> 21);
    return result;
  }

  /** Uniform on [0, 1), a multiple of 2^-53. */
  uniform(): number {
    const high = this.next() >>> 5;
    return (high * 0x4000000 + (this.next() >>> 6)) / 0x20000000000000;
  }

  /** Standard normal, by the polar method (Marsaglia and Bray 1964), which is exact; every second call returns a stored value. */
  normal(): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare;
    }
    for (;;) {
      // Half a step off the lattice: symmetric about zero and never zero itself.
      const u = (this.next() + 0.5) / 0x80000000;
      const v = (this.next() + 0.5) / 0x80000000;
      const s = u * u + v * v;
      if (s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.spare = v * factor;
        this.hasSpare = true;
        return u * factor;
      }
    }
  }

  /** Uniform on 0, 1, ..., n - 1, without bias. @throws RangeError unless n is an integer from 1 to 2^32 */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) throw new RangeError(`integer(n) needs 1 <= n <= 2^32, not ${String(n)}.`);
    const limit = 0x100000000 - (0x100000000 % n);
    for (;;) {
      const word = this.next() >>> 0;
      if (word < limit) return word % n;
    }
  }

  /** Fills `out` with uniforms on [0, 1): 53 bits each for float64, 24 for float32, where more bits would round up to 1. */
  fillUniform(out: Float32Array | Float64Array): void {
    if (out instanceof Float64Array) for (let i = 0; i < out.length; i++) out[i] = this.uniform();
    else for (let i = 0; i < out.length; i++) out[i] = (this.next() >>> 8) / 0x1000000;
  }

  /** Fills `out` with the next output words, 32 random bits each. */
  fillWords(out: Int32Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.next();
  }

  /** Fills `out` with what as many calls of `normal` would return. */
  fillNormal(out: Float32Array | Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.normal();
  }

  /** Fills `out` with independent fair signs, -1 or +1. */
  fillSigns(out: Float32Array | Float64Array): void {
    let bits = 0;
    for (let i = 0; i < out.length; i++) {
      if ((i & 31) === 0) bits = this.next();
      out[i] = bits & 1 ? 1 : -1;
      bits >>>= 1;
    }
  }

  /**
   * A stream of its own for `label`, a function of this stream's present state and the label. This stream does not move, so
   * what one part of a run draws never depends on how much another has drawn; two splits by one label without a draw in
   * between are the same stream.
   */
  split(label: string): Random {
    const child = new Random(0);
    const words = [0, 1, 2, 3].map((index) => {
      let h = mix(Math.imul(index + 1, golden));
      for (const part of [this.s0, this.s1, this.s2, this.s3, label.length]) h = mix(h ^ part) + golden;
      for (let i = 0; i < label.length; i++) h = mix(h ^ label.charCodeAt(i)) + golden;
      return mix(h);
    });
    child.setWords(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0);
    return child;
  }

  /** All there is to know: four 32-bit words, then 1 and the stored normal, or 0 and 0. Survives JSON. */
  state(): number[] {
    return [this.s0 >>> 0, this.s1 >>> 0, this.s2 >>> 0, this.s3 >>> 0, this.hasSpare ? 1 : 0, this.hasSpare ? this.spare : 0];
  }

  /** The stream whose `state()` this was. @throws RangeError for numbers that are no state */
  static fromState(state: readonly number[]): Random {
    const [s0, s1, s2, s3, flag, spare] = state;
    const words = [s0, s1, s2, s3];
    const valid =
      state.length === 6 &&
      words.every((word) => word !== undefined && Number.isInteger(word) && word >= 0 && word <= 0xffffffff) &&
      words.some((word) => word !== 0) &&
      (flag === 0 || flag === 1) &&
      Number.isFinite(spare);
    if (!valid) throw new RangeError('This is not the state of a random stream.');
    const random = new Random(0);
    random.setWords(s0 ?? 0, s1 ?? 0, s2 ?? 0, s3 ?? 0);
    random.hasSpare = flag === 1;
    random.spare = random.hasSpare ? (spare ?? 0) : 0;
    return random;
  }
}
