/** Small drawn signs as images: data whose kinds a reader recognises at a glance, the same on every machine. */

/** The kinds of glyphs, in the order of their numbers. */
export const glyphKinds = /** @type {const} */ (['bar', 'dash', 'cross', 'ring']);

/**
 * Uniform numbers in [0, 1): mulberry32 (Ettinger 2017), of 32 bits each.
 * @param {number} seed
 * @returns {() => number}
 */
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Distance of a place from the line of each kind of glyph, inside a square from -1 to 1.
 * @type {Readonly<Record<(typeof glyphKinds)[number], (x: number, y: number, size: number) => number>>}
 */
const distances = {
  bar: (x, y, size) => Math.hypot(x, Math.max(0, Math.abs(y) - size)),
  dash: (x, y, size) => Math.hypot(Math.max(0, Math.abs(x) - size), y),
  cross: (x, y, size) => Math.min(distances.bar(x, y, size), distances.dash(x, y, size)),
  ring: (x, y, size) => Math.abs(Math.hypot(x, y) - size),
};

/**
 * One glyph, its place, size and thickness jittered.
 * @param {(typeof glyphKinds)[number]} kind
 * @param {number} side pixels across and down
 * @param {() => number} uniform
 * @returns {Uint8Array} grey values [side, side], 0 the ground and 255 the glyph
 */
export function drawGlyph(kind, side, uniform) {
  /** @type {(low: number, high: number) => number} */
  const between = (low, high) => low + (high - low) * uniform();
  const [left, top] = [between(-0.15, 0.15), between(-0.15, 0.15)];
  const size = between(0.55, 0.68);
  const thickness = between(0.14, 0.22);
  const pixel = 2 / side;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const x = ((i % side) + 0.5) * pixel - 1 - left;
    const y = (Math.floor(i / side) + 0.5) * pixel - 1 - top;
    const covered = (thickness - distances[kind](x, y, size)) / pixel + 0.5;
    return Math.round(255 * Math.min(1, Math.max(0, covered)));
  });
}

/**
 * Glyphs of all kinds in equal shares, one kind after the other.
 * @param {number} count
 * @param {number} side
 * @param {number} seed
 * @returns {{ images: Uint8Array, kinds: number[] }} images [count, side, side], and the number of each one's kind
 */
export function drawGlyphs(count, side, seed) {
  const uniform = uniforms(seed);
  const images = new Uint8Array(count * side * side);
  const kinds = Array.from({ length: count }, (_, i) => i % glyphKinds.length);
  kinds.forEach((kind, i) => images.set(drawGlyph(glyphKinds[kind] ?? 'bar', side, uniform), i * side * side));
  return { images, kinds };
}

/**
 * Bytes as an IDX file (see src/data/readers/idx.ts).
 * @param {readonly number[]} sizes
 * @param {Uint8Array} content
 * @returns {Uint8Array}
 */
export function idxFile(sizes, content) {
  const file = new Uint8Array(4 + 4 * sizes.length + content.length);
  const view = new DataView(file.buffer);
  view.setUint8(2, 0x08);
  view.setUint8(3, sizes.length);
  sizes.forEach((size, axis) => view.setUint32(4 + 4 * axis, size));
  file.set(content, 4 + 4 * sizes.length);
  return file;
}

/** The file of the example: 3000 glyphs of 8 x 8 pixels. */
export function exampleGlyphs() {
  return idxFile([3000, 8, 8], drawGlyphs(3000, 8, 1).images);
}
