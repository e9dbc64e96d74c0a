import { type Cloud, cloudOf } from '../cloud';
import type { Estimate } from '../density';
import { type Box } from '../gridCloud';
import { cellCentres, gridPoints } from '../points';
import { fisher } from './divergences';
import type { LogRatio } from './logRatio';
import type { NoisedFisher } from './spectrum';

/** Cells of a coordinate of the noised density, by dimension: 1, 2. */
const outputCells = [400, 96];
/** The noised density is looked at up to so many deviations of the noise beyond the box. */
const reach = 6;

/** The kernel N(y - x; 0, variance) and its derivative by y, [outputs, inputs]. */
function kernels(to: Float64Array, from: Float64Array, variance: number): { value: Float64Array; slope: Float64Array } {
  const value = new Float64Array(to.length * from.length);
  const slope = new Float64Array(value.length);
  const scale = 1 / Math.sqrt(2 * Math.PI * variance);
  for (let i = 0; i < to.length; i++) {
    for (let j = 0; j < from.length; j++) {
      const offset = from[j]! - to[i]!;
      const k = scale * Math.exp((-offset * offset) / (2 * variance));
      value[i * from.length + j] = k;
      slope[i * from.length + j] = (k * offset) / variance;
    }
  }
  return { value, slope };
}

/** Applies a matrix [m, n] to the fastest coordinate of rows [rows, n], and puts it slowest: [m, rows]. */
function applied(matrix: Float64Array, rows: Float64Array, n: number): Float64Array {
  const m = matrix.length / n;
  const count = rows.length / n;
  const out = new Float64Array(m * count);
  for (let i = 0; i < m; i++) {
    for (let r = 0; r < count; r++) {
      let total = 0;
      for (let j = 0; j < n; j++) total += matrix[i * n + j]! * rows[r * n + j]!;
      out[i * count + r] = total;
    }
  }
  return out;
}

/**
 * FD of p and q = p exp(u) after noise, from p on a grid of one or two dimensions: the cells' masses are convolved with the Gaussian,
 * one coordinate after the other. For noise narrower than a cell FD is put on the straight line, in the variance, from the
 * noise-free value to that of noise as wide as a cell.
 */
export function noisedGrid(source: Cloud, ratio: LogRatio, box: Box): NoisedFisher {
  const dim = box.low.length;
  const cells = Math.round(source.mass.length ** (1 / dim));
  const from = box.low.map((_, j) => cellCentres({ ...box, cells: box.low.map(() => cells) }, j));
  const spacing = Math.max(...box.low.map((l, j) => (box.high[j]! - l) / cells));
  const masses = [source.mass, source.mass.map((m, i) => (m > 0 ? m * Math.exp(ratio.value[i]!) : 0))] as const;

  const blurred = (variance: number): Estimate => {
    const margin = reach * Math.sqrt(variance);
    const axes = {
      low: box.low.map((l) => l - margin),
      high: box.high.map((h) => h + margin),
      cells: box.low.map(() => outputCells[dim - 1]!),
    };
    const points = gridPoints(axes);
    const along = from.map((x, j) => kernels(cellCentres(axes, j), x, variance));
    const [density, slopes] = [[] as Float64Array[], [] as Float64Array[][]];
    for (const mass of masses) {
      const [x, y] = along;
      if (!x) continue;
      const inX = applied(x.value, mass, cells);
      const slopeX = applied(x.slope, mass, cells);
      density.push(y ? applied(y.value, inX, cells) : inX);
      slopes.push(y ? [applied(y.value, slopeX, cells), applied(y.slope, inX, cells)] : [slopeX]);
    }
    const [p, q] = density as [Float64Array, Float64Array];
    const scoreOf = (which: number): Float64Array =>
      Float64Array.from({ length: points.count * dim }, (_, i) => {
        const row = Math.floor(i / dim);
        return slopes[which]![i % dim]![row]! / density[which]![row]!;
      });
    const [scoreP, scoreQ] = [scoreOf(0), scoreOf(1)];
    const none = new Float64Array(points.count);
    const cloud = cloudOf(points, { logDensity: p.map(Math.log), score: scoreP, laplacian: none });
    return fisher(cloud, {
      dim,
      value: q.map((v, i) => Math.log(v / p[i]!)),
      // Where a density underflows there is no mass.
      gradient: scoreQ.map((s, i) => (Number.isFinite(s - scoreP[i]!) ? s - scoreP[i]! : 0)),
    });
  };

  const [clean, narrowest] = [fisher(source, ratio), spacing * spacing];
  const atNarrowest = blurred(narrowest);
  return (variance) => {
    if (variance >= narrowest) return Promise.resolve(blurred(variance));
    const share = variance / narrowest;
    const value = clean.value + share * (atNarrowest.value - clean.value);
    return Promise.resolve({ value, stdErr: Math.abs(value - clean.value) / 2 });
  };
}
