import type { Random } from '../../shared/random';

/** Where modes are looked for: a centre and a length for each coordinate. Steps and distances are in these lengths. */
export interface Region {
  readonly center: readonly number[];
  readonly scale: readonly number[];
}

/** Deviations below this share of the mean are rounding. */
const rounding = 1e-9;

/** Mean and standard deviation of rows [n, dim] in each coordinate; 1 where a coordinate does not vary. */
export function regionOf(rows: Float64Array, dim: number): Region {
  const n = rows.length / dim;
  const center = new Array<number>(dim).fill(0);
  const scale = new Array<number>(dim).fill(0);
  rows.forEach((x, i) => (center[i % dim]! += x / n));
  rows.forEach((x, i) => (scale[i % dim]! += (x - center[i % dim]!) ** 2 / n));
  return { center, scale: scale.map((v, j) => (Math.sqrt(v) > rounding * Math.abs(center[j]!) ? Math.sqrt(v) : 1)) };
}

/** The random cover is Gaussian, a third of it so many lengths of the region wide each. Own choice. */
const coverWidths = [1, 2, 5];

/** Rows of the random cover, [n, dim]. */
export function coverRows({ center, scale }: Region, n: number, random: Random): Float64Array {
  const dim = center.length;
  return Float64Array.from({ length: n * dim }, (_, i) => {
    const width = coverWidths[Math.floor(i / dim) % coverWidths.length]!;
    return center[i % dim]! + width * scale[i % dim]! * random.normal();
  });
}
