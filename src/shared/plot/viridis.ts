/** Eleven even stops of the viridis map (Nathaniel Smith, Stefan van der Walt, Eric Firing; CC0), between which colours are interpolated. */
const stops = [0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725];

/** Colour of `t` in [0, 1], as red, green and blue in 0 to 255; what lies outside takes the colour of the end. */
export function viridis(t: number): readonly [number, number, number] {
  const position = Math.min(1, Math.max(0, Number.isFinite(t) ? t : 0)) * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(position));
  const from = stops[lower] ?? 0;
  const to = stops[lower + 1] ?? 0;
  const channel = (shift: number): number => {
    const start = (from >> shift) & 255;
    return Math.round(start + (position - lower) * (((to >> shift) & 255) - start));
  };
  return [channel(16), channel(8), channel(0)];
}
