import type { ModePartition } from './modeWeights';

const subsetSize = 600;
const iterations = 60;
/** Two maxima are one mode unless the density between them falls below this share of the lower one. Own choice. */
const barrier = 0.75;
const smallestShare = 0.01;

function kernelSum(rows: Float64Array, dim: number, at: Float64Array, width: number): { density: number; mean: Float64Array } {
  const mean = new Float64Array(dim);
  let density = 0;
  for (let i = 0; i < rows.length; i += dim) {
    let squared = 0;
    for (let k = 0; k < dim; k++) squared += (rows[i + k]! - at[k]!) ** 2;
    const weight = Math.exp(-squared / (2 * width * width));
    density += weight;
    for (let k = 0; k < dim; k++) mean[k]! += weight * rows[i + k]!;
  }
  return { density, mean: mean.map((v) => v / Math.max(density, 1e-300)) };
}

function nearest(centres: readonly Float64Array[], rows: Float64Array, offset: number): number {
  let best = 0;
  let least = Infinity;
  centres.forEach((centre, c) => {
    let squared = 0;
    centre.forEach((v, k) => {
      squared += (rows[offset + k]! - v) ** 2;
    });
    if (squared < least) [least, best] = [squared, c];
  });
  return best;
}

/** Whether the kernel density along the segment between two maxima has a valley. */
function separated(rows: Float64Array, dim: number, a: Float64Array, b: Float64Array, width: number): boolean {
  const at = (t: number): number =>
    kernelSum(
      rows,
      dim,
      a.map((v, k) => v + t * (b[k]! - v)),
      width,
    ).density;
  const lower = Math.min(at(0), at(1));
  return Array.from({ length: 19 }, (_, i) => at((i + 1) / 20)).some((density) => density < barrier * lower);
}

/**
 * Modes of data rows [n, dim] that are standardised, by mean shift (Fukunaga and Hostetler 1975) from the data, maxima merged
 * where no valley parts them. Rows belong to the nearest mode. Weights carry binomial standard errors. `toUser` maps a
 * centre to the units of the report; `toStandard` maps rows of the report's units back.
 */
export function findModes(
  data: Float64Array,
  dim: number,
  toUser: (rows: Float64Array) => Float64Array,
  toStandard: (rows: Float64Array) => Float64Array,
): ModePartition {
  const total = data.length / dim;
  const count = Math.min(subsetSize, total);
  const rows = new Float64Array(count * dim);
  for (let i = 0; i < count; i++) rows.set(data.subarray(Math.floor((i * total) / count) * dim).subarray(0, dim), i * dim);
  // Half of Silverman's normal-reference width: the rule is meant for one mode and blurs several.
  const width = 0.5 * (4 / ((dim + 2) * count)) ** (1 / (dim + 4));
  const centres: Float64Array[] = [];
  const starts = Math.min(60, count);
  const maxima = Array.from({ length: starts }, (_, s) => {
    let at: Float64Array = rows.slice(Math.floor((s * count) / starts) * dim, Math.floor((s * count) / starts) * dim + dim);
    for (let i = 0; i < iterations; i++) at = kernelSum(rows, dim, at, width).mean;
    return { at, density: kernelSum(rows, dim, at, width).density };
  }).sort((a, b) => b.density - a.density);
  for (const { at } of maxima) if (centres.every((other) => separated(rows, dim, at, other, width))) centres.push(at);
  const counts = new Float64Array(centres.length);
  for (let i = 0; i < data.length; i += dim) counts[nearest(centres, data, i)]! += 1 / total;
  const kept = centres.map((_, c) => c).filter((c) => counts[c]! >= smallestShare || centres.length === 1);
  const chosen = kept.map((c) => centres[c]!);
  const shares = new Float64Array(chosen.length);
  for (let i = 0; i < data.length; i += dim) shares[nearest(chosen, data, i)]! += 1 / total;
  return {
    modes: chosen.map((centre, k) => ({
      label: `mode ${k + 1}`,
      center: Array.from(toUser(centre)),
      weight: shares[k]!,
      stdErr: Math.sqrt((shares[k]! * (1 - shares[k]!)) / total),
    })),
    assign(x) {
      const z = toStandard(x);
      return Int32Array.from({ length: z.length / dim }, (_, i) => nearest(chosen, z, i * dim));
    },
  };
}
