import type { ModePartition } from './modeWeights';

const subsetSize = 600;
const iterations = 60;
const startCount = 60;
const rowsCompared = 4000;
/** The density between two modes falls below this share of the lower one... */
const barrier = 0.75;
/** ... and by this many standard errors. Own choices. */
const significance = 4;
const smallestShare = 0.01;

function evenRows(data: Float64Array, dim: number, count: number): Float64Array {
  const total = data.length / dim;
  const out = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * total) / count);
    out.set(data.subarray(row * dim, (row + 1) * dim), i * dim);
  }
  return out;
}

function meanShift(rows: Float64Array, dim: number, start: Float64Array, width: number): { at: Float64Array; density: number } {
  let at = start;
  let density = 0;
  for (let round = 0; round < iterations; round++) {
    const mean = new Float64Array(dim);
    density = 0;
    for (let i = 0; i < rows.length; i += dim) {
      let squared = 0;
      for (let k = 0; k < dim; k++) squared += (rows[i + k]! - at[k]!) ** 2;
      const weight = Math.exp(-squared / (2 * width * width));
      density += weight;
      for (let k = 0; k < dim; k++) mean[k]! += weight * rows[i + k]!;
    }
    at = mean.map((v) => v / density);
  }
  return { at, density };
}

function nearest(centres: readonly Float64Array[], rows: Float64Array, offset: number): number {
  let best = 0;
  let least = Infinity;
  centres.forEach((centre, c) => {
    let squared = 0;
    for (let k = 0; k < centre.length; k++) squared += (rows[offset + k]! - centre[k]!) ** 2;
    if (squared < least) [least, best] = [squared, c];
  });
  return best;
}

function meanOf(rows: Float64Array, dim: number, members: readonly number[]): Float64Array {
  const mean = new Float64Array(dim);
  for (const m of members) for (let k = 0; k < dim; k++) mean[k]! += rows[m * dim + k]! / members.length;
  return mean;
}

/** How clearly two groups of rows are two: standard errors by which the emptiest place between their means lies below both. */
function valley(rows: Float64Array, dim: number, a: readonly number[], b: readonly number[]): { distance: number; deep: boolean } {
  const [from, to] = [meanOf(rows, dim, a), meanOf(rows, dim, b)];
  const direction = to.map((v, k) => v - from[k]!);
  const length = direction.reduce((t, v) => t + v * v, 0);
  const along = [...a, ...b].map((m) => direction.reduce((t, v, k) => t + v * (rows[m * dim + k]! - from[k]!), 0) / length);
  const count = (centre: number): number => along.filter((t) => Math.abs(t - centre) <= 0.15).length;
  const peak = Math.min(count(0), count(1));
  const floor = Math.min(...[0.3, 0.4, 0.5, 0.6, 0.7].map(count));
  const depth = (peak - floor) / Math.sqrt(Math.max(peak + floor, 1));
  return { distance: length, deep: floor < barrier * peak && depth > significance };
}

/** A mode in the making: the maxima it is made of, the densest first, and the rows that belong to them. */
interface Group {
  readonly maxima: readonly number[];
  readonly members: readonly number[];
  readonly valleys: Map<Group, { readonly distance: number; readonly deep: boolean }>;
}

/** Joins the nearest two groups that no valley parts, until a valley parts all. Nearest first: small groups say little of valleys. */
function merged(groups: readonly Group[], rows: Float64Array, dim: number): readonly Group[] {
  let best: { a: Group; b: Group; distance: number } | undefined;
  groups.forEach((a, i) => {
    for (const b of groups.slice(i + 1)) {
      const between = a.valleys.get(b) ?? valley(rows, dim, a.members, b.members);
      a.valleys.set(b, between);
      if (!between.deep && (!best || between.distance < best.distance)) best = { a, b, distance: between.distance };
    }
  });
  if (!best) return groups;
  const { a, b } = best;
  const joined: Group = {
    maxima: [...a.maxima, ...b.maxima].sort((p, q) => p - q),
    members: [...a.members, ...b.members],
    valleys: new Map(),
  };
  return merged([...groups.filter((g) => g !== a && g !== b), joined], rows, dim);
}

/**
 * Modes of data rows [n, dim] that are standardised, by mean shift (Fukunaga and Hostetler 1975) from the data. Rows belong to
 * the nearest maximum; maxima are joined where the rows of both, seen along the line between them, have no significant valley.
 * Weights carry binomial standard errors. `toUser` maps a centre to the units of the report; `toStandard` maps rows back.
 */
export function findModes(
  data: Float64Array,
  dim: number,
  toUser: (rows: Float64Array) => Float64Array,
  toStandard: (rows: Float64Array) => Float64Array,
): ModePartition {
  const total = data.length / dim;
  const count = Math.min(subsetSize, total);
  const rows = evenRows(data, dim, count);
  // Half of Silverman's normal-reference width: the rule is meant for one mode and blurs several.
  const width = 0.5 * (4 / ((dim + 2) * count)) ** (1 / (dim + 4));
  const starts = evenRows(rows, dim, Math.min(startCount, count));
  const found = Array.from({ length: starts.length / dim }, (_, s) => meanShift(rows, dim, starts.slice(s * dim, (s + 1) * dim), width));
  const maxima: Float64Array[] = [];
  for (const { at } of found.sort((p, q) => q.density - p.density)) {
    if (maxima.every((other) => Math.hypot(...other.map((v, k) => v - at[k]!)) > width)) maxima.push(at);
  }
  const compared = evenRows(data, dim, Math.min(rowsCompared, total));
  const members = maxima.map((): number[] => []);
  for (let i = 0; i < compared.length / dim; i++) members[nearest(maxima, compared, i * dim)]!.push(i);
  const single = maxima
    .map((_, m): Group => ({ maxima: [m], members: members[m]!, valleys: new Map() }))
    .filter((g) => g.members.length > 0);
  const modes = merged(single, compared, dim).filter((g) => g.members.length >= (smallestShare * compared.length) / dim);
  const parts = modes.flatMap((group, k) => group.maxima.map((m) => ({ at: maxima[m]!, k })));
  const places = parts.map(({ at }) => at);
  const modeOf = (x: Float64Array, offset: number): number => parts[nearest(places, x, offset)]!.k;
  const shares = new Float64Array(modes.length);
  for (let i = 0; i < data.length; i += dim) shares[modeOf(data, i)]! += 1 / total;
  return {
    modes: modes.map((group, k) => ({
      label: `mode ${k + 1}`,
      center: Array.from(toUser(maxima[group.maxima[0]!]!)),
      weight: shares[k]!,
      stdErr: Math.sqrt((shares[k]! * (1 - shares[k]!)) / total),
    })),
    assign(x) {
      const z = toStandard(x);
      return Int32Array.from({ length: z.length / dim }, (_, i) => modeOf(z, i * dim));
    },
  };
}
