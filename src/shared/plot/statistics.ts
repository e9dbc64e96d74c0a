/** The value below which the share `q` of the finite values lies; NaN where there are none. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = q * (sorted.length - 1);
  const lower = Math.floor(position);
  const a = sorted[lower] ?? Number.NaN;
  const b = sorted[Math.min(lower + 1, sorted.length - 1)] ?? a;
  return a + (position - lower) * (b - a);
}

/** Centred moving average over `2 half + 1` values, fewer at the ends; values that are not finite are left out. */
export function movingAverage(values: ArrayLike<number>, half: number): number[] {
  const { length } = values;
  const sums = new Float64Array(length + 1);
  const counts = new Float64Array(length + 1);
  for (let index = 0; index < length; index++) {
    const value = values[index]!;
    const finite = Number.isFinite(value);
    sums[index + 1] = sums[index]! + (finite ? value : 0);
    counts[index + 1] = counts[index]! + (finite ? 1 : 0);
  }
  return Array.from({ length }, (_, index) => {
    // The window stays centred at the ends: a lopsided one would bend the curve there.
    const reach = Math.min(half, index, length - 1 - index);
    const from = index - reach;
    const to = index + reach + 1;
    return (sums[to]! - sums[from]!) / (counts[to]! - counts[from]!);
  });
}

/** Density of the values in equal bins over [low, high]; values outside count in the total, so that the bars do not flatter. */
export function histogram(values: ArrayLike<number>, low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const width = (high - low) / bins;
  for (let index = 0; index < values.length; index++) {
    const bin = Math.floor(((values[index] ?? Number.NaN) - low) / width);
    const count = counts[bin];
    if (count !== undefined) counts[bin] = count + 1;
  }
  return counts.map((count) => count / (Math.max(1, values.length) * width));
}

/** At most `most` of the entries, evenly spread, with the first and the last. */
export function thin<T>(entries: readonly T[], most: number): T[] {
  if (entries.length <= most) return [...entries];
  return Array.from({ length: most }, (_, index) => entries[Math.round((index * (entries.length - 1)) / (most - 1))]).filter(
    (entry) => entry !== undefined,
  );
}

/** Least and greatest finite value; [NaN, NaN] where there is none. */
export function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [Number.NaN, Number.NaN];
}
